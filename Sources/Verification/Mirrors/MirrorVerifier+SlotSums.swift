// The kept sums of defined boards. What they must be is added up while the accounts of the ledger are walked
// over, so it is known for certain only if nothing was written from the first account to the last look. A
// mirror that is written to all the time is compared some other time: ranks do not hang on it.
import BoardStore
import Ledger
import LedgerStore
import PostgresClient

extension MirrorVerifier.Walk {
  mutating func addSlots(of page: [NamedAccount], on boards: ShownBoards) {
    for named in page {
      boards.forEachListed(of: named) { slot, _ in
        slotSums[slot.key, default: 0] += Int128(slot.score)
      }
    }
  }
}

extension MirrorVerifier {
  /// `start` is how far the ledger was before the first account was read.
  func verifySlotSums(
    _ walk: inout Walk, since start: Int64
  ) async throws(VerificationError) {
    let mirror = walk.mirror
    // What is summed up is what the mirror holds: if that is something else, sums say nothing.
    guard walk.drifted.isEmpty, walk.findings.behind == 0 else { return }
    let kept = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.firstPeriods(of: Set(walk.slotSums.keys.map(\.board)), in: mirror.keys)
    }
    let expected = walk.slotSums.filter { Int64($0.key.period) >= kept[$0.key.board] ?? .min }
    let corrections = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.corrections(of: expected.keys.map(MirroredSet.slot), in: mirror.keys)
    }
    let weight = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.weigh(mirror.pointType, in: mirror.keys)
    }
    let head = try await asking { () throws(PostgresError) in try await following.number() }.number
    guard head == start, weight.position >= start else { return }
    let faults = Self.faults(expected, weight, mirror.pointType)
    for fault in faults {
      walk.findings.add(fault.drift)
      guard walk.repairs, let correction = fault.correction else { continue }
      let isCorrected = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.correctSum(
          of: fault.set, by: correction, seeing: corrections[fault.set] ?? [], in: mirror.keys)
      }
      walk.findings.repaired += isCorrected ? 1 : 0
    }
  }

  private struct SlotFault {
    let set: MirroredSet
    let drift: Drift
    /// Nothing to what is no sum.
    let correction: SumLimbs?
  }

  private static func faults(
    _ expected: [SlotKey: Int128], _ weight: MirrorWeight, _ type: PointTypeID
  ) -> [SlotFault] {
    expected.compactMap { slot, sum in
      let held = weight.sums[.slot(slot), default: .some(0)]
      guard held != sum else { return nil }
      let drift = Drift(
        .sum, type, user: nil, board: .slot(slot), expected: "\(sum)", found: held.map { "\($0)" } ?? "no sum"
      )
      return SlotFault(set: .slot(slot), drift: drift, correction: held.map { SumLimbs(sum - $0) })
    }
  }
}
