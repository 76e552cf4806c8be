// A mirror as it is found after Postgres was started anew.
import BoardStore
import Ledger
import RedisClient
import TestSupport

extension RedisUnderTest {
  /// Makes the live mirror one of before the last start of Postgres, which may have held an account
  /// otherwise; in one step, so that nobody reads it in between. Whether there was one.
  func pretendEarlierStart(_ type: PointTypeID, holding lost: NamedAccount? = nil) async throws -> Bool {
    let script = """
      local live = redis.call('HGET', KEYS[1], 'live')
      if not live then return 0 end
      local accounts = string.gsub(KEYS[1], 'epochs$', live .. ':accounts')
      local marker = redis.call('HGET', accounts, '')
      if not marker then return 0 end
      local earlier = string.sub(marker, 1, 70) .. '0000000000000001' .. string.sub(marker, 87)
      redis.call('HSET', accounts, '', earlier)
      if ARGV[1] ~= '' then redis.call('HSET', accounts, ARGV[1], ARGV[2]) end
      return 1
      """
    let arguments = lost.map { [$0.account.key.user.text.bytes, PackedAccount.bytes(of: $0)] } ?? [[], []]
    return try await evaluate(script, [MirrorKeys.epochs(of: type)], arguments) == .value(.integer(1))
  }
}
