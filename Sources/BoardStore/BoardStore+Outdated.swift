// The follower's question: which of these accounts has Redis not got yet? Nearly none, as a rule, because the
// lanes have sent them; so asking is much cheaper than sending again.
import BoardScripts
package import Ledger
import RedisClient

extension BoardStore {
  /// How many accounts one call asks for.
  private static var questionMax: Int { 256 }

  /// Those of the accounts that an epoch of their mirror has not in this revision or a newer one; by point
  /// type, or why that cannot be said.
  package func outdated(
    _ accounts: [AccountRevision], timeout: Duration? = nil
  ) async -> [PointTypeID: Result<[AccountKey], MirrorUnavailable>] {
    guard !accounts.isEmpty else { return [:] }
    var found: [PointTypeID: [AccountKey]] = [:]
    var sending = Sending(accounts, at: Self.questionMax)
    await carry(&sending, timeout, calling: question) { chunk, parts throws(MirrorUnavailable) in
      guard parts.count >= 2 else { throw .damaged }
      try judge(parts[1])
      for part in parts[2...] {
        guard case .integer(let place) = part, (1...chunk.items.count).contains(Int(place)) else {
          throw .damaged
        }
        found[chunk.pointType, default: []].append(chunk.items[Int(place) - 1].key)
      }
    }
    return Dictionary(
      uniqueKeysWithValues: sending.pointTypes.map { type in
        (type, sending.failures[type].map { .failure($0) } ?? .success(found[type] ?? []))
      })
  }

  private func question(
    _ chunk: Sending<AccountRevision>.Chunk, _ epochs: MirrorEpochs
  ) -> RedisScriptCall {
    var call = RedisScriptCall(
      BoardScripts.findOutdated,
      keys: [MirrorKeys.epochs(of: chunk.pointType, in: layout)]
        + [epochs.live?.accounts, epochs.building?.accounts].compactMap(\.self))
    call.arguments.append(identity)
    call.arguments.append(epochs.live?.epochText ?? [])
    call.arguments.append(epochs.building?.epochText ?? [])
    for account in chunk.items {
      call.arguments.append(account.key.user.text)
      call.arguments.append(PackedAccount.bytes(ofRevision: account.revision))
    }
    return call
  }
}
