// The hash of a plan is that of the bytes which the document of the API tells, put together here by its
// words.
import Cryptography
import Ledger
import Rewards
import Testing

@testable import LedgerStore

@Suite struct PlanHashTests {
  @Test func `whoever has the lines of a plan can work out its hash`() async throws {
    try await withPayouts { payouts in
      _ = try await payouts.ledger.types.create("gems", PointTypeTraits(displayName: "Gems"))
      let gems = try await payouts.ledger.type("gems")
      let first = try await payouts.threeRanked()
      _ = try await payouts.planned(first, payouts.terms(payouts.rules([(1...2, 100)], of: gems)))
      _ = try await payouts.runner.runOnce()
      // One line that gives, and one that takes back.
      let second = try await payouts.revised(first, ["ada": nil])
      for snapshot in [first, second] {
        let made = snapshot.id == first.id ? nil : try await payouts.planned(snapshot)
        guard let found = try await payouts.store.present(for: snapshot.id) else {
          throw Surprise(what: "no payout")
        }
        #expect(made.map { $0.hash == found.hash } ?? true)
        let lines = try await payouts.store.paidLegs(of: found, limit: 10).map(\.line.leg)
        #expect(lines.count == 2 && lines.contains(where: { $0.change != .give }) == found.isCorrection)
        var bytes = Array("points: plan of a payout".utf8)
        bytes += Self.bytes(snapshot.id.bits)
        bytes += snapshot.contents?.digest.bytes ?? []
        for line in lines { bytes += Self.bytes(line) }
        #expect(Digest(of: bytes) == found.hash)
      }
    }
  }

  private static func bytes(_ line: PayoutLeg) -> [UInt8] {
    var bytes = bytes(UInt64(line.user.text.utf8.count)) + Array(line.user.text.utf8)
    bytes += Self.bytes(line.pointType.bits)
    bytes += Self.bytes(UInt64(line.amount))
    switch line.change {
    case .give:
      bytes += Self.bytes(0)
      bytes += line.rule.map { Self.bytes($0.bits) } ?? []
    case .takeBack(let original): bytes += Self.bytes(1) + Self.bytes(original.bits)
    }
    bytes += Self.bytes(UInt64(line.standing?.rank ?? 0))
    bytes += Self.bytes(UInt64(line.standing?.place ?? 0))
    return bytes
  }

  private static func bytes(_ id: UUIDBits) -> [UInt8] { bytes(id.high) + bytes(id.low) }

  private static func bytes(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
  }
}
