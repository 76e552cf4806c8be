// A payout as its row tells of it: what was planned, for whom it waits, and how far it is.
package import Cryptography
package import Ledger
package import Rewards

package struct Distribution: Sendable, Equatable {
  /// Whoever looks only at how it ended sees a status; this is how it got there.
  package enum Phase: String, Sendable, CaseIterable {
    /// For somebody's approval.
    case waiting
    case paying
    /// Everything is posted that could be.
    case paid
    case rejected, failed

    package var status: Status {
      switch self {
      case .waiting, .paying: .pending
      case .paid: .completed
      case .rejected, .failed: .failed
      }
    }

    /// Whether nothing of it moves unless somebody asks for it.
    package var isAtRest: Bool {
      switch self {
      case .waiting, .paying: false
      case .paid, .rejected, .failed: true
      }
    }
  }

  package enum Status: String, Sendable, CaseIterable {
    case pending, completed, failed
  }

  /// Somebody who asked for something, or said yes or no to it.
  package struct Decision: Sendable, Equatable {
    package let at: Instant
    package let service: ServiceID
    package let name: String
  }

  /// How many lines took effect, and how many were posted and did not. Each is counted once: of several
  /// attempts at a line the last one that is posted counts.
  package struct Progress: Sendable, Equatable {
    package let credited: Int64
    package let refused: Int64
  }

  package let id: DistributionID
  package let number: Int32
  package let snapshot: SnapshotID
  package let board: SnapshotBoard
  package let period: SnapshotPlan.Period?
  package let rulesAt: Instant
  package let ties: TiePolicy
  package let needsApproval: Bool
  package let isCorrection: Bool
  package let winners: Int32
  package let legs: Int32
  package let tiedScores: Int32
  package let tiedUsers: Int32
  package let hash: Digest
  package let phase: Phase
  package let reason: String?
  package let planned: Decision
  package let decided: Decision?
  package let executedAt: Instant?
  package let progress: Progress

  package var status: Status { phase.status }
}

/// A posting of a payout.
package struct PayoutChunk: Sendable, Equatable {
  package let posting: PostingID
  package let chunk: Int32
  /// From 1.
  package let legs: ClosedRange<Int32>
  /// Above 1 for what was refused before.
  package let attempt: Int32
}

/// A line as it was planned, with its number.
package struct NumberedLeg: Sendable, Equatable {
  package let number: Int32
  package let leg: PayoutLeg

  package init(number: Int32, leg: PayoutLeg) {
    self.number = number
    self.leg = leg
  }
}

/// A line, and what became of the last attempt at it.
package struct PaidLeg: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    /// It is not posted yet.
    case waiting
    case posted(TransactionID)
    case refused(Refusal)
  }

  package let line: NumberedLeg
  package let outcome: Outcome
  /// All that it became. Each attempt at what is to be taken back may have taken a part.
  package let transactions: [TransactionID]
}
