// The lines of a payout: who gets how much, and what became of it. A `nextCursor` of nil is the end of pages.

/// So much of a point type for a user, or back from one.
public struct DistributionLine: Sendable, Equatable {
  /// From 1, in the order of the plan.
  public let leg: Int64
  /// The user, by the id that callers know.
  public let userID: String
  /// The rank that is rewarded; nil for one whom no rule rewards any more.
  public let rank: Int64?
  /// The place, from 1 without a gap.
  public let place: Int64?
  /// The name of the point type.
  public let pointType: String
  /// How much.
  public let amount: Int64
  /// By which rule it is given; nil where it is taken back.
  public let ruleID: String?
  /// The transaction whose points are taken back; nil where they are given.
  public let takesBack: String?
}

/// A line, and what became of it.
public struct PaidLine: Sendable, Equatable {
  /// What became of the last attempt at a line.
  public enum Outcome: Sendable, Equatable {
    /// It is not posted yet, or is to be tried again.
    case waiting
    /// It became this transaction.
    case posted(transactionID: String)
    /// It was refused, with the name of the refusal and a sentence.
    case refused(String, detail: String)
    /// What this client does not know yet.
    case other(String)
  }

  /// As it was planned.
  public let line: DistributionLine
  /// What came of it.
  public let outcome: Outcome
  /// All transactions that it became. Each attempt at what is to be taken back may have taken a part.
  public let transactionIDs: [String]
}

/// A line that did not take effect, or not wholly.
public struct OutstandingLine: Sendable, Equatable {
  /// As it was planned.
  public let line: DistributionLine
  /// How much of it is missing.
  public let outstanding: Int64
  /// How often it was tried.
  public let attempts: Int64
  /// The name of the refusal; nil for what was taken back in part only.
  public let refusal: String?
  /// The refusal in a sentence.
  public let detail: String?
}

/// Payouts, the last planned first.
public struct DistributionPage: Sendable, Equatable {
  /// Without their sums.
  public let distributions: [Distribution]
  /// Where the next page begins.
  public let nextCursor: String?
}

/// Lines in the order of the plan.
public struct DistributionLinePage: Sendable, Equatable {
  /// All that there are.
  public let lines: [PaidLine]
  /// Where the next page begins.
  public let nextCursor: String?
}

/// Those of them that did not take effect.
public struct OutstandingLinePage: Sendable, Equatable {
  /// None of those that are to be tried again already.
  public let lines: [OutstandingLine]
  /// Where the next page begins.
  public let nextCursor: String?
}

extension DistributionLine: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    leg = try fields.int64("leg")
    userID = try fields.text("userId")
    rank = try fields.int64IfAny("rank")
    place = try fields.int64IfAny("place")
    pointType = try fields.text("pointType")
    amount = try fields.int64("amount")
    ruleID = try fields.textIfAny("ruleId")
    takesBack = try fields.textIfAny("takesBack")
  }
}

extension PaidLine: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    line = try DistributionLine(fields)
    transactionIDs = try fields.texts("transactionIds")
    switch try fields.text("state") {
    case "waiting": outcome = .waiting
    case "posted": outcome = .posted(transactionID: try fields.text("transactionId"))
    case "refused": outcome = .refused(try fields.text("refusal"), detail: try fields.text("detail"))
    case let state: outcome = .other(state)
    }
  }
}

extension OutstandingLine: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    line = try DistributionLine(fields)
    outstanding = try fields.int64("outstanding")
    attempts = try fields.int64("attempts")
    refusal = try fields.textIfAny("refusal")
    detail = try fields.textIfAny("detail")
  }
}

extension DistributionPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    distributions = try fields.list("distributions")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension DistributionLinePage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    lines = try fields.list("lines")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension OutstandingLinePage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    lines = try fields.list("lines")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}
