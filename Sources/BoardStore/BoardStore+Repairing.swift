// Putting right what an epoch holds of accounts. Revisions say nothing about damage, so states are written
// whatever they are; but only over what was seen, for anything else came in the meantime and is newer.
import BoardScripts
package import Ledger
import RedisClient

/// An account as the ledger has it, and the bytes that were found in its place.
package struct AccountRepair: Sendable, Mirrored {
  package let account: NamedAccount
  /// Nil where there was none.
  package let seen: [UInt8]?

  package init(_ account: NamedAccount, over seen: [UInt8]?) {
    self.account = account
    self.seen = seen
  }

  var pointType: PointTypeID { account.pointType }
}

extension BoardStore {
  /// Writes the states over what was seen; where something else is by now, they are sent as any others are.
  package func repair(
    _ repairs: [AccountRepair], timeout: Duration? = nil
  ) async -> [PointTypeID: SendOutcome] {
    guard !repairs.isEmpty else { return [:] }
    var sending = Sending(repairs, at: Self.callMax)
    await carry(&sending, timeout, calling: repairCall) { _, parts throws(MirrorUnavailable) in
      guard parts.count == 3 else { throw .damaged }
      try judge(parts[1])
    }
    return Dictionary(
      uniqueKeysWithValues: sending.pointTypes.map { type in
        (type, sending.failures[type].map { .unavailable($0) } ?? .applied)
      })
  }

  private func repairCall(
    _ chunk: Sending<AccountRepair>.Chunk, _ epochs: MirrorEpochs
  ) -> RedisScriptCall {
    var call = RedisScriptCall(
      BoardScripts.applyAccounts,
      keys: [MirrorKeys.epochs(of: chunk.pointType, in: layout)] + (epochs.live?.all ?? [])
        + (epochs.building?.all ?? []))
    call.arguments = [
      identity, epochs.live?.epochText ?? [], epochs.building?.epochText ?? [], Self.yes, Self.no,
    ]
    let boards = boards(of: chunk.pointType)
    for repair in chunk.items { Self.add(repair.account, on: boards, seen: repair.seen ?? [], to: &call) }
    return call
  }
}
