// The settings of the ledger: who may have points, and what callers may post.

extension ConfigurationTable {
  static let ledger = [
    Setting(
      "POINTS_USERS", "--users", .ledger, \.users, .choice,
      "Whether anybody can have points, or only users who were registered before."),
    Setting(
      "POINTS_CATEGORIES", "--categories", .ledger, \.categories, .names,
      "The categories that transactions can have; without any, none can have one."),
    Setting(
      "POINTS_MIN_AWARD", "--min-award", .ledger, \.minAward, .optionalAmount,
      "The least that one award through the API may give."),
    Setting(
      "POINTS_MAX_AWARD", "--max-award", .ledger, \.maxAward, .optionalAmount,
      "The most that one award through the API may give."),
    Setting(
      "POINTS_OCCURRED_PAST", "--occurred-past", .ledger, \.occurredPast, .duration(.zero...days(36500)),
      "How long ago an event may have occurred when it is posted."),
    Setting(
      "POINTS_OCCURRED_FUTURE", "--occurred-future", .ledger, \.occurredFuture, .duration(.zero...days(1)),
      "How far ahead of ours the clock of a caller may be that says when an event occurred."),
    Setting(
      "POINTS_REPORT_KEY", "--report-key", .ledger, \.reportKey, .seed,
      "The secret that reports of payouts are signed with, as points report-key makes one; "
        + "without it there are none."),
  ]

  private static func days(_ count: Int) -> Duration { .seconds(count * 86400) }
}
