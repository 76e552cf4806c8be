// The stable names of refusals. A struct and no enumeration: a newer service may know codes that this client
// does not, and they must reach the caller all the same.

/// The code of a refusal; callers branch on it, and it never changes its meaning.
public struct ProblemCode: RawRepresentable, Sendable, Hashable {
  /// The code as the service spells it.
  public let rawValue: String

  /// A code by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  private init(_ rawValue: String) {
    self.rawValue = rawValue
  }

  // MARK: Verdicts about points

  /// The amount is no whole number from 1 on.
  public static let invalidAmount = ProblemCode("invalid_amount")
  /// There are fewer points than are to be taken; `Problem.missing` and `Problem.available` say how many.
  public static let insufficientBalance = ProblemCode("insufficient_balance")
  /// The idempotency key was used before, for something else.
  public static let duplicateTransaction = ProblemCode("duplicate_transaction")
  /// The same call is being carried out right now.
  public static let requestInFlight = ProblemCode("request_in_flight")
  /// The amount is out of its bounds; `minimum`, `maximum` or `reversible` among the members says which.
  public static let limitExceeded = ProblemCode("limit_exceeded")
  /// The category is not among those of the service.
  public static let unknownCategory = ProblemCode("unknown_category")
  /// The service only knows registered users, and this is none.
  public static let userUnknown = ProblemCode("user_unknown")
  /// The user is disabled.
  public static let userDisabled = ProblemCode("user_disabled")
  /// The point type is disabled.
  public static let typeDisabled = ProblemCode("type_disabled")
  /// The point type cannot be deleted, for accounts of it exist.
  public static let typeInUse = ProblemCode("type_in_use")
  /// The point type cannot be deleted, for rewards name it.
  public static let typeRewarded = ProblemCode("type_rewarded")
  /// There is a point type of this name already.
  public static let typeExists = ProblemCode("type_exists")
  /// The transaction is a reversal itself.
  public static let notReversible = ProblemCode("not_reversible")
  /// A balance or a total would exceed 64 bits.
  public static let overflow = ProblemCode("overflow")
  /// The user is not on the board.
  public static let notRanked = ProblemCode("not_ranked")
  /// The snapshot is being taken, or could not be taken.
  public static let snapshotNotComplete = ProblemCode("snapshot_not_complete")
  /// There is a newer revision of the snapshot, which `newestID` names.
  public static let snapshotRevised = ProblemCode("snapshot_revised")
  /// Some of the users are not in the snapshot; the member `users` lists them.
  public static let notInSnapshot = ProblemCode("not_in_snapshot")
  /// The revision would change nothing.
  public static let nothingToRevise = ProblemCode("nothing_to_revise")
  /// The entries of the snapshot were removed.
  public static let snapshotExpired = ProblemCode("snapshot_expired")
  /// The board has more members than a live snapshot is made of.
  public static let tooManyMembers = ProblemCode("too_many_members")

  // MARK: About boards

  /// The board has seasons, and none goes on.
  public static let noPeriod = ProblemCode("no_period")
  /// What was posted before the board was defined is still being counted.
  public static let boardFilling = ProblemCode("board_filling")
  /// There is a board of this name already.
  public static let boardExists = ProblemCode("board_exists")
  /// There can be no such board; the member `field` says why not.
  public static let impossibleBoard = ProblemCode("impossible_board")
  /// The point type has as many boards as one may have.
  public static let tooManyBoards = ProblemCode("too_many_boards")
  /// The period is closed, or being closed.
  public static let periodClosed = ProblemCode("period_closed")
  /// A season, or a change of a period, is not possible.
  public static let periodUnchangeable = ProblemCode("period_unchangeable")

  /// There is a schedule of this name already.
  public static let scheduleExists = ProblemCode("schedule_exists")
  /// A schedule is not possible; the member `field` says why not.
  public static let impossibleSchedule = ProblemCode("impossible_schedule")
  /// There are as many schedules as there may be.
  public static let tooManySchedules = ProblemCode("too_many_schedules")

  // MARK: About rewards

  /// An active rule of the same scope reaches some of the same ranks; the member `ruleId` names it.
  public static let rewardRulesOverlap = ProblemCode("reward_rules_overlap")
  /// There are as many rules as there may be.
  public static let tooManyRewardRules = ProblemCode("too_many_reward_rules")

  // MARK: About payouts

  /// No rule rewards anybody for the ranks.
  public static let nothingToPay = ProblemCode("nothing_to_pay")
  /// More would be given than the budget allows; the members `pointType` and `excess` say of what and by how
  /// much.
  public static let rewardBudgetExceeded = ProblemCode("reward_budget_exceeded")
  /// More would be paid at once than can be.
  public static let tooManyWinners = ProblemCode("too_many_winners")
  /// Somebody would be given more than 64 bits hold.
  public static let rewardTooLarge = ProblemCode("reward_too_large")
  /// What was planned for an earlier revision of the ranks is not at its end; the member `distributionId`
  /// names it.
  public static let distributionUnsettled = ProblemCode("distribution_unsettled")
  /// The payout is past that, or not yet there; the member `phase` says how far it is.
  public static let distributionOutOfTurn = ProblemCode("distribution_out_of_turn")
  /// Corrected ranks were paid for; the member `distributionId` names that payout.
  public static let distributionSuperseded = ProblemCode("distribution_superseded")
  /// What is to be paid is not what was looked at; the member `hash` says what it is.
  public static let planChanged = ProblemCode("plan_changed")
  /// A service cannot approve what it planned itself.
  public static let ownPlan = ProblemCode("own_plan")
  /// Every line of the payout took effect.
  public static let nothingOutstanding = ProblemCode("nothing_outstanding")
  /// The ranks were corrected; the member `snapshotId` names the newer ones.
  public static let snapshotSuperseded = ProblemCode("snapshot_superseded")
  /// A live snapshot is not what the ledger says; the member `drifted` says of how many users.
  public static let snapshotDrifted = ProblemCode("snapshot_drifted")
  /// The service has no key to sign reports of payouts with.
  public static let reportKeyMissing = ProblemCode("report_key_missing")

  // MARK: About the call

  /// A field or a parameter is missing, unknown, or has a wrong value.
  public static let validationFailed = ProblemCode("validation_failed")
  /// There is nothing of this name or id.
  public static let notFound = ProblemCode("not_found")
  /// The key is missing, wrong or revoked.
  public static let unauthorized = ProblemCode("unauthorized")
  /// The key's role does not allow this.
  public static let forbidden = ProblemCode("forbidden")
  /// The body is larger than the service takes.
  public static let payloadTooLarge = ProblemCode("payload_too_large")

  // MARK: About the service

  /// This service sends too many calls; `Problem.retryAfter` says when to go on.
  public static let rateLimited = ProblemCode("rate_limited")
  /// There is too much to do right now. Nothing was done.
  public static let overloaded = ProblemCode("overloaded")
  /// Postgres cannot be asked.
  public static let databaseUnavailable = ProblemCode("database_unavailable")
  /// A part that the answer needs is not available.
  public static let unavailable = ProblemCode("unavailable")
  /// Something went wrong that should not have.
  public static let internalError = ProblemCode("internal_error")
  /// The answer carries no code: something in front of the service gave it.
  public static let unspecified = ProblemCode("unspecified")
}

extension ProblemCode: CustomStringConvertible {
  /// The code as the service spells it.
  public var description: String { rawValue }
}
