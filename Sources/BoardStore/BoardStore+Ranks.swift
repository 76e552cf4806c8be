// Where users stand on a board: one of them, and then whom to overtake next, or those of a list. One script
// reads several; those who are asked about one by one in the same turn of the loop share one.
import BoardScripts
import EventLoop
package import Ledger
import RedisClient

/// The ranks that one script can read.
struct RankTopic: Hashable {
  let pointType: PointTypeID
  let board: MirrorBoard
}

typealias GatheredRanks = Gathering<RankTopic, UserID, MirrorAnswer<BoardStanding>>

extension BoardStore {
  package func rank(
    of pointType: PointTypeID, _ board: MirrorBoard, user: UserID
  ) async -> MirrorAnswer<BoardStanding> {
    await gatheredRanks.answer(about: user, on: RankTopic(pointType: pointType, board: board))
  }

  /// Whoever else wants something of Redis waits about half a millisecond for a portion.
  func gatherRanks() -> GatheredRanks {
    Gathering(on: redis.loop, portionMax: 32, atOnce: 16...32) { [weak self] topic, users in
      switch await self?.standings(of: users, topic.pointType, topic.board, withNext: true) {
      case .value(let standings, let position):
        standings.each.map { $0.map { .value($0, position: position) } ?? .unavailable(.damaged) }
      case .unavailable(let reason): users.map { _ in .unavailable(reason) }
      case nil: users.map { _ in .unavailable(.untrusted) }
      }
    }
  }

  /// At most `callMax` users. Whom each of them has to overtake next is only said where it is asked for.
  func standings(
    of users: [UserID], _ pointType: PointTypeID, _ board: MirrorBoard, withNext: Bool
  ) async -> MirrorAnswer<ManyStandings> {
    await read(of: pointType) { keys in
      await redis.call(
        BoardScripts.readRanks, keys: board.readingKeys(keys),
        arguments: board.readingArguments + [withNext ? Self.next : []] + users.map { $0.text.utf8.bytes })
    } _: { parts in
      ManyStandings(parts, RowDecoding(pointType), board, users, withNext: withNext)
    }
  }

  private static let next = "next".utf8.bytes
}
