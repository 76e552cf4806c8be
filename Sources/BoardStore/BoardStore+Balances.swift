// Balances: plain look-ups, each with the marker beside it, so that one round trip is enough.
package import Ledger
import RedisClient

extension BoardStore {
  /// The account; nil means for certain that there is none at that position.
  package func balance(_ key: AccountKey) async -> MirrorAnswer<Account?> {
    await balances(of: key.pointType, [key.user]).map { $0[0]?.account }
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
