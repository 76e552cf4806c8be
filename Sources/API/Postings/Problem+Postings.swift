// What a caller is told whose posting was not made: the one table from outcomes of the ledger to answers.
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

extension Problem {
  /// An answer that is kept: the same request gets it again. `leg` is told only where there are several.
  init(_ refusal: Refusal, leg: Int?, isReplay: Bool) {
    let (code, members): (ProblemCode, [Member]) =
      switch refusal.reason {
      case .insufficientBalance(let available, let missing):
        (.insufficientBalance, [.integer("missing", missing), .integer("available", available)])
      case .belowMinimum(let bound): (.limitExceeded, [.integer("minimum", bound)])
      case .aboveMaximum(let bound): (.limitExceeded, [.integer("maximum", bound)])
      case .aboveReversible(let bound): (.limitExceeded, [.integer("reversible", bound)])
      case .userUnknown: (.userUnknown, [])
      case .userDisabled: (.userDisabled, [])
      case .typeDisabled: (.typeDisabled, [])
      case .overflow(let figure): (.overflow, [.text("figure", figure.name)])
      }
    self.init(
      code, refusal.sentence, members: members + .place(of: leg), fields: isReplay ? [.replayed] : [])
  }

  init(keyUsedWithAnother field: RequestFingerprint.Field) {
    self.init(
      .duplicateTransaction,
      "The idempotency key was used for another request; they differ in \"\(field.rawValue)\".",
      members: [.text("field", field.rawValue)])
  }

  static var requestInFlight: Problem {
    Problem(
      .requestInFlight,
      "A request with the same idempotency key is being worked on; ask again for its answer.",
      fields: [.retrySoon])
  }

  static func typeDeleted(_ name: String) -> Problem {
    Problem(.notFound, "The point type \"\(name)\" has been deleted.")
  }

  /// No answer at all: nothing of this is kept.
  init(_ error: LedgerError) {
    switch error {
    case .overloaded:
      self.init(
        .overloaded, "More is waiting to be posted than can be done in time. Nothing was done.",
        fields: [.retrySoon])
    case .accountBusy:
      self.init(
        .overloaded, "An account is held by something that does not end. Nothing was done.",
        fields: [.retrySoon])
    case .unavailable(_, let mayHaveTakenEffect):
      self.init(
        .databaseUnavailable,
        mayHaveTakenEffect
          ? "The ledger's database went away before it said whether the posting was made. Repeating the "
            + "request with the same idempotency key settles it; without one it may be made twice."
          : "The ledger's database cannot be reached. Nothing was done.",
        fields: [.retrySoon])
    case .failed(let refusal): self.init(refusal)
    }
  }

  /// A question that had to be answered before anything could be posted.
  init(beforePosting error: PostgresError) {
    self.init(error)
    guard code == .unavailable else { return }
    self.init(
      .databaseUnavailable, "The ledger's database cannot be reached. Nothing was done.", fields: fields)
  }

}

extension Problem {
  /// Whether it is the answer that an earlier request got.
  var isReplay: Bool { fields.contains { "\($0.name)" == "\(ResponseField.replayed.name)" } }
}

extension ResponseField {
  /// Says that an answer is the one that an earlier request got.
  static var replayed: ResponseField { ResponseField("Idempotent-Replayed", "true") }
}

extension Refusal.Figure {
  fileprivate var name: String {
    switch self {
    case .balance: "balance"
    case .totalEarned: "totalEarned"
    case .totalSpent: "totalSpent"
    }
  }
}
