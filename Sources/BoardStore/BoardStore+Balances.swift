// Balances: plain look-ups, each with the marker beside it, so that one round trip is enough.
package import Ledger
import RedisClient

extension BoardStore {
  /// The account; nil means for certain that there is none at that position.
  package func balance(_ key: AccountKey) async -> MirrorAnswer<Account?> {
    // What is asked for most often goes without the shape of all reads, as long as the epoch is the live one.
    if minimumPosition != nil, let known = knownEpochs(of: key.pointType)?.live {
      let reply = await redis.hmget(known.accounts, "", key.user.text)
      if let answer = answer(reply, about: key) { return answer }
      // Asked once more on the way of all reads, which learns which epoch is live.
    }
    return await balances(of: key.pointType, [key.user]).map { $0[0]?.account }
  }

  /// Nil where the epoch has no marker any more: another one is live, perhaps.
  private func answer(_ reply: RedisReply, about key: AccountKey) -> MirrorAnswer<Account?>? {
    do throws(MirrorUnavailable) {
      guard let parts = try reply.markedParts() else { return nil }
      guard parts.count == 2, let marker = parts[0].bytes else { throw .damaged }
      let position = try trustedPosition(marker)
      guard let bytes = parts[1].bytes else {
        guard parts[1] == .null else { throw .damaged }
        return .value(nil, position: position)
      }
      guard let account = PackedAccount.account(key, bytes) else { throw .damaged }
      return .value(account.account, position: position)
    } catch {
      return .unavailable(error)
    }
  }

  /// The accounts of one point type, in the order asked for.
  package func balances(
    of pointType: PointTypeID, _ users: [UserID]
  ) async -> MirrorAnswer<[NamedAccount?]> {
    await read(of: pointType) { keys in
      var command = RedisCommand("HMGET", key: keys.accounts)
      command.add("")
      for user in users { command.add(Array(user.text.utf8)) }
      return await redis.send(command)
    } _: { parts in
      guard parts.count == users.count + 1 else { return nil }
      return RowDecoding(pointType).accounts(parts[1...], users)
    }
  }
}
