// What is noted of payouts: who planned one, and who said yes or no to it.
import Cryptography
import Ledger

extension AuditNote {
  /// With the instant by whose rules it is paid, and what that would have been if nobody had chosen another.
  static func planned(
    _ distribution: Distribution, insteadOf own: Instant?, by actor: Actor
  ) -> AuditNote {
    AuditNote(
      actor, .distributionPlanned, subject: distribution.id.description, name: distribution.board.name,
      [
        Change("snapshotId", to: distribution.snapshot.description),
        Change("winners", to: "\(distribution.winners)"), Change("legs", to: "\(distribution.legs)"),
        Change("rulesAt", from: own?.rfc3339, to: distribution.rulesAt.rfc3339),
        Change("hash", to: Hexadecimal.text(of: distribution.hash.bytes)),
        Change("phase", to: distribution.phase.rawValue),
      ])
  }

  static func approved(_ before: Distribution, by actor: Actor) -> AuditNote {
    moved(before, .distributionApproved, to: .paying, by: actor)
  }

  static func rejected(_ before: Distribution, because reason: String, by actor: Actor) -> AuditNote {
    moved(before, .distributionRejected, to: .rejected, [Change("reason", to: reason)], by: actor)
  }

  static func retried(_ before: Distribution, by actor: Actor) -> AuditNote {
    moved(before, .distributionRetried, to: .paying, by: actor)
  }

  private static func moved(
    _ before: Distribution, _ action: Action, to phase: Distribution.Phase, _ more: [Change] = [],
    by actor: Actor
  ) -> AuditNote {
    AuditNote(
      actor, action, subject: before.id.description, name: before.board.name,
      [Change("phase", from: before.phase.rawValue, to: phase.rawValue)] + more)
  }
}
