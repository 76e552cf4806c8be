// Some chains of each slice. A long one is walked a page a slice, one at a time, and another taken up when it
// has come to its end; so none is left out for its length, and none keeps the others waiting.
import Ledger
import LedgerStore

extension ContinuousVerifier {
  /// Some chains of the page, a long one that was begun, and one that was broken before: a person may have
  /// put it right.
  func verifyChains(_ page: [NamedAccount], _ type: PointType) async throws(VerificationError) {
    if let (key, walk) = longWalk {
      // What fails is begun anew some day: it must not be in the way of the others.
      longWalk = nil
      try await walkOn(walk, key, type)
    }
    var keys = Set(page.map(\.account.key).shuffled().prefix(Self.chainsMax))
    if let broken = status.broken.randomElement() { keys.insert(broken) }
    // In no order of theirs, or the same long one would be taken up each time.
    for key in keys.shuffled() where key != longWalk?.key { try await walkOn(ChainWalk(), key, type) }
  }

  private func walkOn(
    _ begun: ChainWalk, _ key: AccountKey, _ type: PointType
  ) async throws(VerificationError) {
    var walk = begun
    guard let chain = try await chains.readPage(&walk, key, limit: chainPage) else {
      if longWalk == nil { longWalk = (key, walk) }
      return
    }
    status.chains += 1
    let faults = ChainJudge.faults(of: chain)
    if faults.isEmpty {
      status.broken.remove(key)
    } else if !status.broken.contains(key) {
      status.noteBroken()
      if status.broken.count < Self.brokenMax { status.broken.insert(key) }
      for fault in faults { tell(.brokenChain(fault, type: catalog.byID[key.pointType]?.name ?? type.name)) }
    }
  }
}
