// What became of one posting of a batch; the others of the batch have no part in it.

/// The outcome of one posting of a batch.
public enum BatchResult: Sendable, Equatable {
  /// It was carried out.
  case posted(PostingReceipt)
  /// `isReplayed` tells whether it had been refused before, under the same key.
  case refused(Problem, isReplayed: Bool)
}

extension BatchResult: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    let status = try fields.int("status")
    let isReplayed = try fields.flag("replayed")
    if (200..<300).contains(status) {
      self = .posted(try PostingReceipt(fields, isReplayed: isReplayed))
    } else {
      self = .refused(Problem(try fields.fields("problem"), status: status), isReplayed: isReplayed)
    }
  }
}
