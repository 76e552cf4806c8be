// Why bytes are no answer that we take.

struct MalformedAnswer: Error, Equatable {
  /// Half a sentence about the answer, such as "its head does not end".
  let phrase: String

  init(_ phrase: String) {
    self.phrase = phrase
  }
}
