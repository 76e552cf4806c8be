// Rankings from the ledger: against a plain sort of the same accounts, and how often one is read.
import BoardStore
import Boards
import EventLoop
import Ledger
import TestSupport
import Testing

@testable import API

@Suite struct LedgerRankingTests {
  private static let type = PointTypeID(UUIDBits(high: 1, low: 1))

  private static func account(_ user: String, _ balance: Int64, _ earned: Int64?, at: Int64) -> NamedAccount {
    let time = Instant(microseconds: at)
    return NamedAccount(
      Account(
        key: AccountKey(user: UserID(stored: user), pointType: type), balance: balance,
        totalEarned: earned ?? 0, version: 1, revision: 1, lastTransactionAt: time,
        earnedAt: earned == nil ? nil : time, updatedAt: time), displayName: user.count > 2 ? "N\(user)" : nil
    )
  }

  private static func ranking(_ accounts: [NamedAccount], pages: Int = 3) -> LedgerRanking {
    var draft = LedgerRankingDraft(type, asOf: Instant(microseconds: 1))
    let sorted = accounts.sorted { $0.account.key < $1.account.key }
    let size = max(1, sorted.count / pages)
    for begin in stride(from: 0, to: sorted.count, by: size) {
      draft.add(Array(sorted[begin..<min(begin + size, sorted.count)]))
    }
    return draft.ranking()
  }

  @Test func `pages, ranks and neighbours are those of a plain sort`() {
    var random = SeededGenerator.forThisRun()
    for members in [1, 2, 7, 60, 300] {
      let extreme: [Int64] = [0, 1, Int64.max, Int64.max - 1, 1 << 53, (1 << 53) + 1]
      let accounts = (0..<members).map {
        Self.account(
          "u\($0)", extreme.randomElement(using: &random) ?? 0,
          Bool.random(using: &random) ? extreme.randomElement(using: &random) : nil,
          at: Int64.random(in: 1...5, using: &random))
      }
      let ranking = Self.ranking(accounts)
      for board in AllTimeBoard.allCases { Self.compare(ranking, accounts, board) }
    }
  }

  private static func compare(_ ranking: LedgerRanking, _ accounts: [NamedAccount], _ board: AllTimeBoard) {
    let sorted = accounts.filter { board.score(of: $0.account) != nil }.sorted { left, right in
      let scores = (board.score(of: left.account) ?? 0, board.score(of: right.account) ?? 0)
      if scores.0 != scores.1 { return scores.0 > scores.1 }
      let times = (board.reachedAt(of: left.account), board.reachedAt(of: right.account))
      if let one = times.0, let other = times.1, one != other { return one < other }
      return left.account.key < right.account.key
    }
    let scores = sorted.map { board.score(of: $0.account) ?? 0 }
    let ranks = scores.map { score in Int64(scores.count { $0 > score } + 1) }
    let page = ranking.page(board, offset: 0, limit: 1000, withStatistics: true)
    #expect(page.rows.map(\.account.account.key.user) == sorted.map(\.account.key.user))
    #expect(page.rows.map(\.account.displayName) == sorted.map(\.displayName))
    #expect(page.rows.map(\.rank) == ranks && page.rows.map(\.score) == scores)
    #expect(page.statistics?.sum ?? 0 == scores.reduce(Int128(0)) { $0 + Int128($1) })
    for (place, account) in sorted.enumerated() {
      let user = account.account.key.user
      let standing = ranking.standing(board, of: user)
      #expect(standing.row?.rank == ranks[place] && standing.members == Int64(sorted.count))
      #expect(standing.nextScore == scores.last { $0 > scores[place] })
      let around = ranking.around(board, user: user, count: 5)
      let begin = max(0, min(place - 2, sorted.count - 5))
      #expect(
        around?.rows.map(\.account.account.key.user) == sorted[begin...].prefix(5).map(\.account.key.user))
      #expect(around?.rows.map(\.rank) == Array(ranks[begin...].prefix(5)))
    }
    #expect(ranking.standing(board, of: UserID(stored: "u")).row == nil)
    #expect(ranking.page(board, offset: .max, limit: 5, withStatistics: false).rows.isEmpty)
  }

  // MARK: When

  private static let start = MonotonicInstant(nanoseconds: 1_000_000_000)
  private static let other = PointTypeID(UUIDBits(high: 2, low: 2))

  private static func word(_ action: RankingSchedule.Action) -> String {
    switch action {
    case .answer(.success): "answer"
    case .answer(.failure(let reason)): "\(reason)"
    case .join: "join"
    case .scan: "scan"
    }
  }

  @Test func `one scan at a time, and each type once in its interval`() {
    let options = LedgerRankings.Options()
    var schedule = RankingSchedule()
    var asked = Self.start
    func ask(_ type: PointTypeID) -> String { Self.word(schedule.ask(type, now: asked, options)) }
    #expect(ask(Self.type) == "scan")
    #expect(ask(Self.type) == "join")
    #expect(ask(Self.other) == "busy")
    _ = schedule.finish(Self.type, .success(Self.ranking([])), now: asked, options)
    asked = Self.start + .milliseconds(4999)
    #expect(ask(Self.type) == "answer")
    #expect(ask(Self.other) == "scan")
    asked = Self.start + .seconds(6)
    // Old, but better than none while another type is read.
    #expect(ask(Self.type) == "answer")
    _ = schedule.finish(Self.other, .failure(.tooLarge(1)), now: asked, options)
    #expect(ask(Self.other) == "tooLarge(1)")
    #expect(ask(Self.type) == "scan")
  }

  @Test func `rankings that nobody asks for are given back`() {
    let options = LedgerRankings.Options()
    var schedule = RankingSchedule()
    _ = schedule.ask(Self.type, now: Self.start, options)
    _ = schedule.finish(Self.type, .success(Self.ranking([])), now: Self.start, options)
    schedule.discard(olderThan: .seconds(60), now: Self.start + .seconds(59))
    let kept = Self.word(schedule.ask(Self.type, now: Self.start + .seconds(4), options))
    #expect(kept == "answer")
    schedule.discard(olderThan: .seconds(60), now: Self.start + .seconds(64))
    let gone = Self.word(schedule.ask(Self.type, now: Self.start + .seconds(4), options))
    #expect(gone == "scan")
  }
}
