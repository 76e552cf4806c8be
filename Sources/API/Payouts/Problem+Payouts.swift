// What whoever asks for a payout is told instead of it.
import Cryptography
import HTTPServer
import Ledger
import LedgerStore

extension Problem {
  init(_ refusal: DistributionStore.PlanRefusal, _ types: PointTypeCatalog) {
    switch refusal {
    case .nothingToPay: self.init(.nothingToPay, "No rule rewards anybody for these ranks.")
    case .notToBeChosen(let own):
      self.init(
        .forbidden,
        "These ranks are paid by the rules of \(own.rfc3339); to choose those of another instant takes admin."
      )
    case .noRules: self.init(.nothingToPay, "No active rule rewarded the ranks of this board then.")
    case .unreadable: self.init(.snapshotNotComplete, "The snapshot is not there as a whole.")
    case .superseded(let newest): self.init(newest: newest)
    case .unsettled(let id):
      self.init(
        .distributionUnsettled, "A payout for earlier ranks is not at its end yet.",
        members: [.text("distributionId", id.description)], fields: [.retrySoon])
    case .plan(.tooManyLegs):
      self.init(.tooManyWinners, "More than \(PayoutPlan.legsMax) lines are not paid at once.")
    case .plan(.overBudget(let type, let excess)):
      let name = types.name(of: type)
      self.init(
        .rewardBudgetExceeded, "Of \"\(name)\" \(excess) more would be given than the budget allows.",
        members: [.text("pointType", name), .text("excess", "\(excess)")])
    case .plan(.tooLarge(let user, let type)):
      self.init(
        .rewardTooLarge, "A user would be given more of \"\(types.name(of: type))\" than 64 bits can hold.",
        members: [.text("userId", user.text)])
    }
  }

  /// Corrected ranks took the place of these.
  init(newest: SnapshotID) {
    self.init(
      .snapshotSuperseded, "The ranks were corrected; only the newest revision is paid for.",
      members: [.text("snapshotId", newest.description)])
  }

  /// Somebody looked at another plan.
  init(planIs hash: Digest) {
    self.init(
      .planChanged, "What is to be paid has another hash.",
      members: [.text("hash", Hexadecimal.text(of: hash.bytes))])
  }
}

extension PayoutPlanner.Refusal {
  /// Of which there would be too much.
  var pointType: PointTypeID? {
    switch self {
    case .overBudget(let type, _), .tooLarge(_, let type): type
    case .tooManyLegs: nil
    }
  }
}

extension DistributionStore.Decided {
  /// As it is now, if it was done.
  var distribution: Distribution {
    get throws(Problem) {
      switch self {
      case .done(let distribution): return distribution
      case .unknown: throw PayoutDesk.nothingThere
      case .outOfTurn(let distribution):
        throw Problem(
          .distributionOutOfTurn, "The payout is \(distribution.phase.rawValue).",
          members: [.text("phase", distribution.phase.rawValue)])
      case .stale(let distribution): throw Problem(planIs: distribution.hash)
      case .ownPlan: throw Problem(.ownPlan, "Another service must approve what this one has planned.")
      case .corrected(let newest): throw Problem(newest: newest)
      case .nothingLeft: throw Problem(.nothingOutstanding, "Every line of the payout took effect.")
      case .superseded(let id):
        throw Problem(
          .distributionSuperseded, "Corrected ranks were paid for, against what had taken effect until then.",
          members: [.text("distributionId", id.description)])
      }
    }
  }
}
