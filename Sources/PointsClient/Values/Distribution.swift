// What ranks are given: a plan that never changes, and how far it is paid.

/// A payout for the ranks of a snapshot.
public struct Distribution: Sendable, Equatable {
  /// Somebody who asked for it, or said yes or no to it.
  public struct Decision: Sendable, Equatable {
    /// When.
    public let at: Timestamp
    /// The name of the service.
    public let service: String
  }

  /// What it is called in all calls.
  public let id: String
  /// What is paid for.
  public let ranks: RewardedRanks
  /// Whether it is over, and how it ended.
  public let status: DistributionStatus
  /// How it got there.
  public let phase: DistributionPhase
  /// Why it failed, or was rejected.
  public let reason: String?
  /// Whether what was given for earlier revisions of the ranks was set against it.
  public let isCorrection: Bool
  /// The rules of this instant were applied.
  public let rulesAt: Timestamp
  /// What those get who share a score: `best`, `split` or `earliest`.
  public let ties: String
  /// Who is rewarded for a rank.
  public let winners: Int64
  /// How many lines there are: one for each amount of a user and a point type.
  public let legs: Int64
  /// How many rewarded scores are shared.
  public let tiedScores: Int64
  /// How many users share them.
  public let tiedUsers: Int64
  /// How many lines took effect.
  public let credited: Int64
  /// How many were tried and did not.
  public let refused: Int64
  /// What the lines come to, for each point type; nil in a list.
  public let sums: [DistributionSum]?
  /// Of the snapshot and each line: it is what is approved.
  public let hash: String
  /// Whether it is paid only once another service has approved it.
  public let needsApproval: Bool
  /// Who planned it.
  public let planned: Decision
  /// Who approved or rejected it.
  public let decided: Decision?
  /// When the last of it was posted.
  public let executedAt: Timestamp?
}

/// The ranks that are paid for.
public struct RewardedRanks: Sendable, Equatable {
  /// Which snapshot holds them.
  public let snapshotID: String
  /// The name of the board's point type.
  public let pointType: String
  /// What the board was called then.
  public let board: Board
  /// Of a board that has one for each category: which one.
  public let category: String?
  /// The label of the period.
  public let period: String?
}

/// What the lines of a payout come to in one point type.
public struct DistributionSum: Sendable, Equatable {
  /// The name of the point type.
  public let pointType: String
  /// So much is given.
  public let given: Int128
  /// And so much is to be taken back; what of it is spent comes back only once it is there.
  public let taken: Int128
  /// The most that the terms let the ranks be worth, in each revision. After a correction more than that is
  /// out by what of `taken` has not come back.
  public let budget: Int64?
}

/// Whether a payout is over; a struct, for a newer service may have further ones.
public struct DistributionStatus: RawRepresentable, Sendable, Hashable {
  /// The status as the service spells it.
  public let rawValue: String

  /// A status by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// It waits to be approved, or is being paid.
  public static let pending = DistributionStatus(rawValue: "pending")
  /// All that could be posted is.
  public static let completed = DistributionStatus(rawValue: "completed")
  /// It was rejected, or could not go on.
  public static let failed = DistributionStatus(rawValue: "failed")
}

/// How far a payout is; a struct, for a newer service may have further phases.
public struct DistributionPhase: RawRepresentable, Sendable, Hashable {
  /// The phase as the service spells it.
  public let rawValue: String

  /// A phase by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// For somebody's approval.
  public static let waiting = DistributionPhase(rawValue: "waiting")
  /// Posting by posting.
  public static let paying = DistributionPhase(rawValue: "paying")
  /// Everything is posted that could be.
  public static let paid = DistributionPhase(rawValue: "paid")
  /// Somebody said no; nothing of it was paid.
  public static let rejected = DistributionPhase(rawValue: "rejected")
  /// It cannot go on, or could not be planned.
  public static let failed = DistributionPhase(rawValue: "failed")
}

extension Distribution: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    ranks = try RewardedRanks(fields)
    status = DistributionStatus(rawValue: try fields.text("status"))
    phase = DistributionPhase(rawValue: try fields.text("phase"))
    reason = try fields.textIfAny("reason")
    isCorrection = try fields.flag("isCorrection")
    rulesAt = try fields.timestamp("rulesAt")
    ties = try fields.text("ties")
    winners = try fields.int64("winners")
    legs = try fields.int64("legs")
    tiedScores = try fields.int64("tiedScores")
    tiedUsers = try fields.int64("tiedUsers")
    credited = try fields.int64("credited")
    refused = try fields.int64("refused")
    sums = try fields.listIfAny("sums")
    hash = try fields.text("hash")
    needsApproval = try fields.flag("needsApproval")
    planned = Decision(at: try fields.timestamp("plannedAt"), service: try fields.text("plannedBy"))
    if let at = try fields.timestampIfAny("decidedAt") {
      decided = Decision(at: at, service: try fields.text("decidedBy"))
    } else {
      decided = nil
    }
    executedAt = try fields.timestampIfAny("executedAt")
  }
}

extension RewardedRanks: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    try self.init(fields, of: try fields.text("snapshotId"))
  }

  /// Where another object names the snapshot.
  init(_ fields: Fields, of snapshot: String) throws(MalformedAnswer) {
    snapshotID = snapshot
    pointType = try fields.text("pointType")
    board = Board(rawValue: try fields.text("board"))
    category = try fields.textIfAny("category")
    period = try fields.textIfAny("period")
  }
}

extension DistributionSum: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    pointType = try fields.text("pointType")
    given = try fields.int128("given")
    taken = try fields.int128("taken")
    budget = try fields.int64IfAny("budget")
  }
}
