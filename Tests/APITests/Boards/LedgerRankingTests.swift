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
    var draft = LedgerRankingDraft(RankingSubject(type), asOf: Instant(microseconds: 1))
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
    let page = ranking.page(.allTime(board), offset: 0, limit: 1000, withStatistics: true)
    #expect(page.rows.map(\.account.account.key.user) == sorted.map(\.account.key.user))
    #expect(page.rows.map(\.account.displayName) == sorted.map(\.displayName))
    #expect(page.rows.map(\.rank) == ranks && page.rows.map(\.score) == scores)
    #expect(page.statistics?.sum ?? 0 == scores.reduce(Int128(0)) { $0 + Int128($1) })
    for (place, account) in sorted.enumerated() {
      let user = account.account.key.user
      let standing = ranking.standing(.allTime(board), of: user)
      #expect(standing.row?.rank == ranks[place] && standing.members == Int64(sorted.count))
      #expect(standing.nextScore == scores.last { $0 > scores[place] })
      let around = ranking.around(.allTime(board), user: user, count: 5)
      let begin = max(0, min(place - 2, sorted.count - 5))
      #expect(
        around?.rows.map(\.account.account.key.user) == sorted[begin...].prefix(5).map(\.account.key.user))
      #expect(around?.rows.map(\.rank) == Array(ranks[begin...].prefix(5)))
    }
    #expect(ranking.standing(.allTime(board), of: UserID(stored: "u")).row == nil)
    #expect(ranking.page(.allTime(board), offset: .max, limit: 5, withStatistics: false).rows.isEmpty)
  }

  @Test(arguments: RankStyle.allCases, [false, true])
  func `a defined board is ranked as its definition says`(style: RankStyle, isAscending: Bool) throws {
    var random = SeededGenerator.forThisRun()
    let slot = SlotKey(board: 3, period: 7)
    let defined = RankingSubject.Defined(
      board: BoardID(UUIDBits(high: 1, low: 1)), slot: slot,
      order: BoardOrder(style: style, isAscending: isAscending),
      eligibility: Eligibility(minScore: 2, minCount: 2, enabledOnly: true))
    let accounts = (0..<200).map { number in
      var named = Self.account("u\(number)", 9, 9, at: 1)
      if Int.random(in: 0..<5, using: &random) > 0 {
        named.account.slots[slot] = BoardSlot(
          key: slot, score: Int64.random(in: 0...9, using: &random),
          reachedAt: Instant(microseconds: Int64.random(in: 1...4, using: &random)),
          count: Int64.random(in: 1...4, using: &random))
      }
      return NamedAccount(
        named.account, displayName: nil, isEnabled: Int.random(in: 0..<6, using: &random) > 0)
    }
    var draft = LedgerRankingDraft(RankingSubject(Self.type, defined), asOf: Instant(microseconds: 1))
    draft.add(accounts.sorted { $0.account.key < $1.account.key })
    #expect(draft.looked == 200)
    let (ranking, board) = (draft.ranking(), MirrorBoard.slot(slot, defined.order))
    let listed = accounts.filter { named in
      guard let slot = named.account.slots[slot] else { return false }
      return slot.score >= 2 && slot.count >= 2 && named.isEnabled
    }.sorted { left, right in
      guard let one = left.account.slots[slot], let other = right.account.slots[slot] else { return false }
      if one.score != other.score { return isAscending ? one.score < other.score : one.score > other.score }
      if one.reachedAt != other.reachedAt { return one.reachedAt < other.reachedAt }
      return left.account.key < right.account.key
    }
    let scores = listed.compactMap { $0.account.slots[slot]?.score }
    let ranks = scores.indices.map { index in
      switch style {
      case .ordinal: Int64(index + 1)
      case .competition: Int64((scores.firstIndex(of: scores[index]) ?? 0) + 1)
      case .dense: Int64(Set(scores[...index]).count)
      }
    }
    #expect(listed.count > 20)
    for begin in [0, 1, 7, listed.count - 3, listed.count] {
      let page = ranking.page(board, offset: Int64(begin), limit: 9, withStatistics: true)
      let expected = listed.indices.dropFirst(begin).prefix(9)
      #expect(page.rows.map(\.account.account.key.user) == expected.map { listed[$0].account.key.user })
      #expect(page.rows.map(\.rank) == expected.map { ranks[$0] })
      #expect(page.rows.map(\.score) == expected.map { scores[$0] })
      #expect(
        page.rows.map { board.reachedAt(of: $0.account.account) }
          == expected.map { board.reachedAt(of: listed[$0].account) })
      #expect(page.members == Int64(listed.count))
      #expect(page.statistics?.sum == scores.reduce(Int128(0)) { $0 + Int128($1) })
    }
    for (index, named) in listed.enumerated() {
      let user = named.account.key.user
      let standing = ranking.standing(board, of: user)
      let next = scores[..<index].last { $0 != scores[index] }
      #expect(standing.row?.rank == ranks[index] && standing.nextScore == next)
      #expect(standing.missing == next.map { UInt64(abs($0 - scores[index])) })
      let around = ranking.around(board, user: user, count: 3)
      #expect(around?.rows.contains { $0.account.account.key.user == user } == true)
    }
    let users = listed.prefix(5).map(\.account.key.user)
    let standings = ranking.users(board, users + [UserID(stored: "nobody")])
    #expect(standings.rows.map { $0?.rank } == ranks.prefix(5).map { $0 } + [nil])
    let apart = accounts.first { $0.account.slots[slot] == nil }
    let absent = try #require(apart)
    #expect(ranking.standing(board, of: absent.account.key.user).row == nil)
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
    func ask(_ type: PointTypeID) -> String {
      Self.word(schedule.ask(RankingSubject(type), now: asked, options))
    }
    #expect(ask(Self.type) == "scan")
    #expect(ask(Self.type) == "join")
    #expect(ask(Self.other) == "busy")
    _ = schedule.finish(RankingSubject(Self.type), .success(Self.ranking([])), now: asked, options)
    asked = Self.start + .milliseconds(4999)
    #expect(ask(Self.type) == "answer")
    #expect(ask(Self.other) == "scan")
    asked = Self.start + .seconds(6)
    // Old, but better than none while another type is read.
    #expect(ask(Self.type) == "answer")
    _ = schedule.finish(RankingSubject(Self.other), .failure(.tooLarge(1)), now: asked, options)
    #expect(ask(Self.other) == "tooLarge(1)")
    #expect(ask(Self.type) == "scan")
  }

  @Test func `rankings that nobody asks for are given back`() {
    let options = LedgerRankings.Options()
    var schedule = RankingSchedule()
    _ = schedule.ask(RankingSubject(Self.type), now: Self.start, options)
    _ = schedule.finish(RankingSubject(Self.type), .success(Self.ranking([])), now: Self.start, options)
    schedule.discard(olderThan: .seconds(60), now: Self.start + .seconds(59))
    let kept = Self.word(schedule.ask(RankingSubject(Self.type), now: Self.start + .seconds(4), options))
    #expect(kept == "answer")
    schedule.discard(olderThan: .seconds(60), now: Self.start + .seconds(64))
    let gone = Self.word(schedule.ask(RankingSubject(Self.type), now: Self.start + .seconds(4), options))
    #expect(gone == "scan")
  }
}
