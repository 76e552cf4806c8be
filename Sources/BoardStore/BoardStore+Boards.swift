// Pages, ranks and neighbours. Each is one script, so that all of an answer is of one moment.
import BoardScripts
package import Boards
package import Ledger
import RedisClient

extension BoardStore {
  package func page(
    of pointType: PointTypeID, _ board: AllTimeBoard, offset: Int64, limit: Int64,
    withStatistics: Bool = false
  ) async -> MirrorAnswer<BoardPage> {
    await read(of: pointType) { keys in
      let arguments = [offset.text, limit.text, withStatistics ? Array(board.rawValue.utf8) : []]
      return await redis.call(
        BoardScripts.readPage, keys: [keys.accounts, board.key(in: keys), keys.sums], arguments: arguments)
    } _: { parts in
      guard parts.count == 8, var page = Self.page(parts, pointType, board) else { return nil }
      guard withStatistics, page.members > 0 else { return page }
      page.statistics = Self.statistics(parts, pointType, board)
      return page.statistics == nil ? nil : page
    }
  }

  /// The rows around a user; nil for one who is not on the board.
  package func around(
    of pointType: PointTypeID, _ board: AllTimeBoard, user: UserID, count: Int64
  ) async -> MirrorAnswer<BoardPage?> {
    await read(of: pointType) { keys in
      await around(keys, board, ["user".utf8.bytes, user.text.utf8.bytes, count.text])
    } _: { parts in
      guard parts.count == 6 else { return nil }
      if parts[2] == .integer(-1) { return .some(nil) }
      return Self.page(parts, pointType, board)
    }
  }

  /// The rows around a score, whether anybody has it or not.
  package func around(
    of pointType: PointTypeID, _ board: AllTimeBoard, score: Int64, count: Int64
  ) async -> MirrorAnswer<BoardPage> {
    await read(of: pointType) { keys in
      let score = ScoreEncoding.text(of: max(score, ScoreEncoding.lowestValue))
      return await around(keys, board, ["score".utf8.bytes, score, count.text])
    } _: { parts in
      parts.count == 6 ? Self.page(parts, pointType, board) : nil
    }
  }

  package func rank(
    of pointType: PointTypeID, _ board: AllTimeBoard, user: UserID
  ) async -> MirrorAnswer<BoardStanding> {
    await read(of: pointType) { keys in
      await redis.call(
        BoardScripts.readRank, keys: [keys.accounts, board.key(in: keys)],
        arguments: [user.text.utf8.bytes] + board.placesInPackedAccount)
    } _: { parts in
      guard parts.count == 5, let members = parts[1].integer, let better = parts[3].integer else {
        return nil
      }
      let decoding = RowDecoding(pointType)
      guard better >= 0 else { return BoardStanding(row: nil, members: members, nextScore: nil) }
      guard let account = decoding.account(parts[2], user) else { return nil }
      guard let row = decoding.row(board, account, better: better), row.rank <= members else { return nil }
      let next = decoding.score(board, parts[4])
      guard better == 0 || next != nil else { return nil }
      return BoardStanding(row: row, members: members, nextScore: next)
    }
  }

  // MARK: Parts

  private func around(_ keys: MirrorKeys, _ board: AllTimeBoard, _ arguments: [[UInt8]]) async -> RedisReply {
    await redis.call(
      BoardScripts.readAround, keys: [keys.accounts, board.key(in: keys)],
      arguments: arguments + board.placesInPackedAccount)
  }

  /// Both scripts that read rows answer them in the same parts.
  private static func page(
    _ parts: [RedisValue], _ pointType: PointTypeID, _ board: AllTimeBoard
  ) -> BoardPage? {
    guard let members = parts[1].integer, let offset = parts[2].integer, let better = parts[3].integer else {
      return nil
    }
    return RowDecoding(pointType)
      .rows(board, users: parts[4], accounts: parts[5], offset: offset, better: better)
      .map { BoardPage(rows: $0, offset: offset, members: members) }
  }

  private static func statistics(
    _ parts: [RedisValue], _ pointType: PointTypeID, _ board: AllTimeBoard
  ) -> BoardStatistics? {
    let decoding = RowDecoding(pointType)
    guard let members = parts[1].integer, let sum = parts[6].array.flatMap(decoding.sum),
      let middle = parts[7].array, let first = middle.first, let last = middle.last,
      let lower = decoding.score(board, first), let upper = decoding.score(board, last)
    else { return nil }
    return BoardStatistics(sum: sum, members: members, middle: (lower, upper))
  }
}

extension Int64 {
  fileprivate var text: [UInt8] { Array(description.utf8) }
}

extension String.UTF8View {
  var bytes: [UInt8] { Array(self) }
}
