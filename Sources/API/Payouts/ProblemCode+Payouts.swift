// What payouts may answer instead of what was asked for.
package import HTTPServer

extension ProblemCode {
  package static var nothingToPay: Self {
    Self("nothing_to_pay", .unprocessableContent, "No rule rewards anybody for these ranks.")
  }
  package static var rewardBudgetExceeded: Self {
    Self("reward_budget_exceeded", .conflict, "More would be given than the budget allows.")
  }
  package static var tooManyWinners: Self {
    Self("too_many_winners", .unprocessableContent, "More would be paid at once than can be.")
  }
  package static var rewardTooLarge: Self {
    Self("reward_too_large", .unprocessableContent, "Somebody would be given more than anybody can be.")
  }
  package static var distributionUnsettled: Self {
    Self("distribution_unsettled", .conflict, "What was planned for earlier ranks is not at its end.")
  }
  package static var distributionOutOfTurn: Self {
    Self("distribution_out_of_turn", .conflict, "The payout is past that, or not yet there.")
  }
  package static var distributionSuperseded: Self {
    Self("distribution_superseded", .conflict, "Corrected ranks were paid for.")
  }
  package static var planChanged: Self {
    Self("plan_changed", .conflict, "What is to be paid is not what was looked at.")
  }
  package static var ownPlan: Self {
    Self("own_plan", .forbidden, "Nobody approves what he has planned himself.")
  }
  package static var nothingOutstanding: Self {
    Self("nothing_outstanding", .conflict, "Everything took effect.")
  }
  package static var snapshotSuperseded: Self {
    Self("snapshot_superseded", .conflict, "The ranks were corrected.")
  }
  package static var snapshotDrifted: Self {
    Self("snapshot_drifted", .conflict, "The ranks are not those of the ledger.")
  }
  package static var reportKeyMissing: Self {
    Self("report_key_missing", .conflict, "The service has no key to sign reports with.")
  }

  /// Every code of payouts, for the documentation and its test.
  package static var ofPayouts: [ProblemCode] {
    [
      nothingToPay, rewardBudgetExceeded, tooManyWinners, rewardTooLarge, distributionUnsettled,
      distributionOutOfTurn, distributionSuperseded, planChanged, ownPlan, nothingOutstanding,
      snapshotSuperseded, snapshotDrifted, reportKeyMissing,
    ]
  }
}
