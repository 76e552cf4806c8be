// Pages and neighbours. Each is one script, so that all of an answer is of one moment.
import BoardScripts
package import Boards
package import Ledger
import RedisClient

extension BoardStore {
  /// The most rows that one call reads.
  package static var rowsMax: Int64 { 1_000 }

  /// Rows of a board in its order. Of a share, only rows that are in it.
  package func page(
    of pointType: PointTypeID, _ board: MirrorBoard, offset: Int64, limit: Int64, top: TopShare? = nil,
    withStatistics: Bool = false
  ) async -> MirrorAnswer<BoardPage> {
    let look = await page(
      of: pointType, board, offset: offset, limit: limit, top: top, withStatistics: withStatistics,
      since: nil)
    switch look {
    case .value(.page(let page, _), let position): return .value(page, position: position)
    // Nobody asked whether it is.
    case .value(.same, _): return .unavailable(.damaged)
    case .unavailable(let reason): return .unavailable(reason)
    }
  }

  /// The same for someone who has seen that page, and perhaps need not read it again. Those who ask for the
  /// same page while the command has not been sent yet share one answer: it will be as new as each of them
  /// can ask for.
  package func page(
    of pointType: PointTypeID, _ board: MirrorBoard, offset: Int64, limit: Int64, top: TopShare? = nil,
    withStatistics: Bool = false, since seen: PageStamp?
  ) async -> MirrorAnswer<PageLook> {
    let request = PageRequest(
      pointType: pointType, board: board, offset: max(0, offset), limit: max(0, min(limit, Self.rowsMax)),
      top: top, withStatistics: withStatistics,
      // That of another connection says nothing, and is as none to those who share the answer.
      seen: seen.flatMap { $0.connection == connection ? $0 : nil })
    if let reading = pageReadings[request], reading.flush == redis.counters.flushes {
      return await reading.share()
    }
    let reading = PageReading(flush: redis.counters.flushes)
    pageReadings[request] = reading
    let answer = await readPage(request)
    if pageReadings[request] === reading { pageReadings[request] = nil }
    reading.end(answer)
    return answer
  }

  private func readPage(_ request: PageRequest) async -> MirrorAnswer<PageLook> {
    let (board, pointType, connection) = (request.board, request.pointType, connection)
    let seen = request.seen?.state ?? []
    return await read(of: pointType) { keys in
      await redis.call(
        BoardScripts.readPage, keys: board.readingKeys(keys),
        arguments: board.readingArguments + [
          request.offset.text, request.limit.text, request.withStatistics ? board.set.sumName : [],
          request.top?.hundredths.text ?? [], seen,
        ])
    } _: { parts in
      guard let state = parts.last?.bytes else { return nil }
      // Sent on another connection than was thought, the same state would say nothing.
      let isKnowable = !state.isEmpty && connection == self.connection
      if parts.count == 2 { return isKnowable && state == seen ? .same : nil }
      return Self.page(parts, request).map {
        .page($0, PageStamp(connection: connection, state: isKnowable ? state : stateOfItsOwn()))
      }
    }
  }

  /// That of no other page, for those who share this one. Redis answers with none like it.
  private func stateOfItsOwn() -> [UInt8] {
    unknownStates += 1
    return Array("read \(unknownStates)".utf8)
  }

  private static func page(_ parts: [RedisValue], _ request: PageRequest) -> BoardPage? {
    guard parts.count == 9, let share = parts[7].integer,
      var page = page(parts, request.pointType, request.board, offset: request.offset)
    else { return nil }
    page.topMembers = share < 0 ? nil : share
    guard request.withStatistics, page.members > 0 else { return page }
    page.statistics = statistics(parts, request.pointType, request.board)
    return page.statistics == nil ? nil : page
  }

  /// The rows around a user; nil for one who is not on the board.
  package func around(
    of pointType: PointTypeID, _ board: MirrorBoard, user: UserID, count: Int64
  ) async -> MirrorAnswer<BoardPage?> {
    await read(of: pointType) { keys in
      await around(keys, board, ["user".utf8.bytes, user.text.utf8.bytes, Self.rows(count)])
    } _: { parts in
      guard parts.count == 6 else { return nil }
      guard let offset = parts[5].integer else { return nil }
      return offset < 0 ? .some(nil) : Self.page(parts, pointType, board, offset: offset)
    }
  }

  /// The rows around a score, whether anybody has it or not.
  package func around(
    of pointType: PointTypeID, _ board: MirrorBoard, score: Int64, count: Int64
  ) async -> MirrorAnswer<BoardPage> {
    await read(of: pointType) { keys in
      let score = ScoreEncoding.text(of: board.order.merit(of: score))
      return await around(keys, board, ["score".utf8.bytes, score, Self.rows(count)])
    } _: { parts in
      guard parts.count == 6, let offset = parts[5].integer else { return nil }
      return Self.page(parts, pointType, board, offset: offset)
    }
  }

  // MARK: Parts

  private func around(
    _ keys: MirrorKeys, _ board: MirrorBoard, _ arguments: [[UInt8]]
  ) async -> RedisReply {
    await redis.call(
      BoardScripts.readAround, keys: board.readingKeys(keys),
      arguments: board.readingArguments + arguments)
  }

  private static func rows(_ count: Int64) -> [UInt8] { max(1, min(count, rowsMax)).text }

  /// Both scripts that read rows begin their answers with the same parts.
  private static func page(
    _ parts: [RedisValue], _ pointType: PointTypeID, _ board: MirrorBoard, offset: Int64
  ) -> BoardPage? {
    guard let members = parts[1].integer, let before = parts[2].integer else { return nil }
    return RowDecoding(pointType)
      .rows(board, users: parts[3], accounts: parts[4], offset: offset, before: before)
      .map { BoardPage(rows: $0, offset: offset, members: members) }
  }

  private static func statistics(
    _ parts: [RedisValue], _ pointType: PointTypeID, _ board: MirrorBoard
  ) -> BoardStatistics? {
    let decoding = RowDecoding(pointType)
    guard let members = parts[1].integer, let sum = parts[5].array.flatMap(decoding.sum),
      let middle = parts[6].array, let first = middle.first, let last = middle.last,
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
