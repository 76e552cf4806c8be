// What a crash of Redis may leave of a write.
import BoardStore
import RedisClient
import TestSupport

extension RedisUnderTest {
  /// What a restart leaves behind one whose append-only file was cut inside a write: a part of that write,
  /// here the places on a board without the accounts they belong to.
  func tear(_ keys: MirrorKeys) async throws {
    try await administering { redis in
      _ = await redis.send(
        [
          RedisCommand("MULTI"),
          RedisCommand("CLIENT", ["KILL", "TYPE", "normal", "SKIPME", "yes"].map(\.bytes)),
          RedisCommand("HINCRBY", key: keys.sums, ["begun".bytes, "1".bytes]),
          RedisCommand("ZADD", key: keys.balance, ["1.5".bytes, "01234567ghost".bytes]),
          RedisCommand("EXEC"),
        ], timeout: .seconds(10))
    }
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
