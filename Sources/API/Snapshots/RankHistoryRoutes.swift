// Which ranks a user had: in the seasons that are over, and in every other snapshot of a board.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

enum RankHistoryRoutes {
  static func add(to routes: inout GuardedRoutes, reader: SnapshotReader, lookup: PointTypeLookup) {
    routes.on(.get, "/points/leaderboard/history", for: .reader, handler: history(reader, lookup))
  }

  /// The newest first; on demand with the best of all of them, for which every snapshot of the board is
  /// looked at, while a page only looks at its own.
  private static func history(_ reader: SnapshotReader, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let user = try query.userID("userId")
      let choice = try SnapshotChoice(&query)
      let word = try query.optionalWord("purpose", of: SnapshotPlan.Purpose.ofOriginals.map(\.rawValue))
      let wantsBest = try query.optionalBool("best") ?? false
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 25))
      let cursor = try query.optionalCursor()
      try query.finish()
      let purpose = word.flatMap(SnapshotPlan.Purpose.init(rawValue:))
      let found = try await choice.find(lookup, among: reader)
      let board = found.ofType
      let question = [
        "history", user.text, board.pointType.description, board.key.text, purpose?.rawValue ?? "",
      ]
      let before = try cursor.map { text throws(Problem) in try place(text, of: question) } ?? .newest
      let (ranks, best) = try await Problem.explaining { () async throws(PostgresError) in
        (
          try await reader.history(of: user, on: board, purpose: purpose, before: before, limit: limit),
          wantsBest ? try await reader.best(of: user, on: board, purpose: purpose) : nil
        )
      }
      try await lookup.learnNames(of: CollectionOfOne(board.pointType))
      var json = JSONWriter(reservingCapacity: 512 + 320 * ranks.count)
      json.object {
        $0.field("userId", user)
        $0.field("pointType", lookup.catalog.name(of: board.pointType))
        $0.field("board", found.name)
        $0.field("category", orNull: found.category)
        $0.arrayField("ranks") { for rank in ranks { $0.pastRank(rank) } }
        if wantsBest { $0.best(best) }
        let last = ranks.count == limit ? ranks.last : nil
        $0.field("nextCursor", orNull: last.map { PageCursor($0.cursor.words, of: question).text })
      }
      return .json(json.finish())
    }
  }

  private static func place(_ cursor: String, of question: [String]) throws(Problem) -> SnapshotCursor {
    guard let words = PageCursor.numbers(2, in: cursor, of: question), let number = Int32(exactly: words[1])
    else { throw .strangeCursor }
    return SnapshotCursor(
      asOf: Instant(microseconds: Int64(bitPattern: words[0])), number: SnapshotNumber(number))
  }
}

extension JSONWriter {
  /// Null for who never had a rank.
  fileprivate mutating func best(_ rank: PastRank?) {
    key("best")
    if let rank { pastRank(rank) } else { null() }
  }
}

extension SnapshotCursor {
  fileprivate var words: [UInt64] {
    [UInt64(bitPattern: asOf.microseconds), UInt64(UInt32(bitPattern: number.value))]
  }
}

extension SnapshotChoice.Found {
  /// As it is called now; one that was removed, by its id.
  fileprivate var name: String {
    switch self {
    case .allTime(let board, _): board.rawValue
    case .defined(let board): board.definition.name
    case .removed(let id, _): id.description
    }
  }

  fileprivate var category: String? {
    guard case .defined(let board) = self, !board.definition.category.isEmpty else { return nil }
    return board.definition.category
  }
}
