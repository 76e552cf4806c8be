// A mirror whose marker becomes that of somebody else, and what nobody may do to it then.
import BoardStore
import Ledger
import RedisClient
import TestSupport

extension RedisUnderTest {
  /// Where in a marker another's differs from ours, and by what.
  struct Stranger: Sendable {
    let offset: Int
    let bytes: String

    static let otherLedger = Stranger(offset: 2, bytes: String(repeating: "a", count: 32))
    static let newerTimeline = Stranger(offset: 61, bytes: "ffffffff")
    static let laterRelease = Stranger(offset: 0, bytes: "9")
    static let all = [otherLedger, newerTimeline, laterRelease]
  }

  /// A live mirror that was made a stranger's: its keys and what they held, and our marker of before.
  struct ForeignLive: Sendable {
    fileprivate let accounts: [UInt8]
    fileprivate let digest: [UInt8]
    fileprivate let marker: [UInt8]
    fileprivate let foreignMarker: [UInt8]
  }

  /// Makes the live mirror a stranger's; nil if there is none.
  func giveAway(_ type: PointTypeID, to stranger: Stranger) async throws -> ForeignLive? {
    let script =
      Self.digestScript + """
        local live = redis.call('HGET', KEYS[1], 'live')
        if not live then return false end
        local accounts = string.gsub(KEYS[1], 'epochs$', live .. ':accounts')
        local marker = redis.call('HGET', accounts, '')
        if not marker then return false end
        local rest = string.sub(marker, 1 + ARGV[1] + #ARGV[2])
        local foreign = string.sub(marker, 1, ARGV[1]) .. ARGV[2] .. rest
        redis.call('HSET', accounts, '', foreign)
        return {accounts, digest(accounts), marker, foreign}
        """
    let reply = try await evaluate(
      script, [MirrorKeys.epochs(of: type)], ["\(stranger.offset)".bytes, stranger.bytes.bytes])
    guard case .value(.array(let parts)) = reply else { return nil }
    let bytes = parts.compactMap(\.bytes)
    guard bytes.count == 4 else { return nil }
    return ForeignLive(accounts: bytes[0], digest: bytes[1], marker: bytes[2], foreignMarker: bytes[3])
  }

  /// Puts our marker back, or removes the stranger's; whether all else was untouched till then.
  func takeBack(_ foreign: ForeignLive, withMarker: Bool) async throws -> Bool {
    let script =
      Self.digestScript + """
        local isUntouched = digest(KEYS[1]) == ARGV[1] and redis.call('HGET', KEYS[1], '') == ARGV[2]
        if not isUntouched then return 0 end
        redis.call('HDEL', KEYS[1], '')
        if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], '', ARGV[3]) end
        return 1
        """
    let reply = try await evaluate(
      script, [foreign.accounts], [foreign.digest, foreign.foreignMarker, withMarker ? foreign.marker : []])
    return reply == .value(.integer(1))
  }

  /// Of all keys of an epoch. A hash has no order, and one that is growing changes what order it shows.
  private static let digestScript = """
    #!lua flags=allow-oom
    local function digest(accounts)
      local function key(name) return (string.gsub(accounts, 'accounts$', name)) end
      local states = {}
      local found = redis.call('HGETALL', accounts)
      for index = 1, #found, 2 do states[#states + 1] = found[index] .. ' ' .. found[index + 1] end
      table.sort(states)
      for _, name in ipairs({'balance', 'earned'}) do
        states[#states + 1] = table.concat(redis.call('ZRANGE', key(name), 0, -1, 'WITHSCORES'), ' ')
      end
      states[#states + 1] = table.concat(redis.call('HGETALL', key('sums')), ' ')
      return redis.sha1hex(table.concat(states, '\\n'))
    end

    """

  func evaluate(
    _ script: String, _ keys: [[UInt8]], _ arguments: [[UInt8]]
  ) async throws -> RedisReply {
    try await administering { redis in
      await redis.send(
        RedisCommand("EVAL", [script.bytes, "\(keys.count)".bytes] + keys + arguments))
    }
  }
}
