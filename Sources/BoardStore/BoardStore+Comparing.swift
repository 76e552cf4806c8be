// A snapshot held against a board. A million places are compared within Redis, which answers only with those
// that are not as they should be: what is as it should be is never sent.
import BoardScripts
import Boards
package import Ledger
import RedisClient

/// What a board must show of an account that is as it was after so many transactions.
package struct ToldPlace: Sendable {
  package let user: UserID
  package let version: Int64
  package let score: Int64
  package let reachedAt: Instant

  package init(user: UserID, version: Int64, score: Int64, reachedAt: Instant) {
    self.user = user
    self.version = version
    self.score = score
    self.reachedAt = reachedAt
  }

  fileprivate func bytes(_ order: BoardOrder) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    bytes.append(bigEndian: version)
    bytes.append(bigEndian: score)
    bytes.append(bigEndian: reachedAt.microseconds)
    bytes.append(bigEndian: ScoreEncoding.score(of: order.merit(of: score)).bitPattern)
    return bytes
  }
}

extension BoardStore {
  /// So many places are compared by one call: more would keep Redis from everybody else for too long.
  private static var comparedMax: Int { 256 }

  /// How many of these accounts, in the order of a board, are as they should be, and which are not: they say
  /// something else, or are not where they should be, or are older. Those that have gone on are neither.
  /// `offset` is how many were listed before the first of them.
  package func compare(
    _ places: [ToldPlace], behind offset: Int64, on board: MirrorBoard, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> (agreed: Int64, others: [ToldPlace]) {
    let begins = stride(from: 0, to: places.count, by: Self.comparedMax)
    let calls = begins.map { begin in
      var call = RedisScriptCall(BoardScripts.compareRanks, keys: board.readingKeys(keys))
      let end = min(begin + Self.comparedMax, places.count)
      call.arguments.reserveCapacity(2 + 2 * (end - begin))
      call.arguments.append(board.set.name)
      call.arguments.append("\(offset + Int64(begin))".utf8.bytes)
      for place in places[begin..<end] {
        call.arguments.append(place.user.text.utf8.bytes)
        call.arguments.append(place.bytes(board.order))
      }
      return call
    }
    var agreed: Int64 = 0
    var others: [ToldPlace] = []
    for (begin, reply) in zip(begins, await redis.call(calls)) {
      let parts = try ownParts(reply).parts
      guard parts.count == 3, let count = parts[1].integer, let found = parts[2].array else { throw .damaged }
      agreed += count
      for value in found {
        guard let place = value.integer, places.indices.contains(begin + Int(place) - 1) else {
          throw .damaged
        }
        others.append(places[begin + Int(place) - 1])
      }
    }
    return (agreed, others)
  }
}
