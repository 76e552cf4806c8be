// The client library against a real service, in every version of HTTP: each public call once, as
// docs/client.md shows them.
import PointsClient
import TestSupport
import Testing

extension WholeService {
  @Suite struct ClientTests {
    /// As awkward as ids may be.
    private static let user = "guild/7 %2F \"\u{E9}\""

    private static let versions = [ProtocolVersion.http1, .http2, .automatic]

    private func withService(
      _ version: ProtocolVersion,
      _ body: (_ service: PointsClient, _ admin: PointsClient, _ installation: Installation) async throws ->
        Void
    ) async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([process.port])
      let url = "http://127.0.0.1:\(process.port)"
      let options = ClientOptions(protocolVersion: version)
      let service = try PointsClient(url: url, key: installation.service, options: options)
      let admin = try PointsClient(url: url, key: installation.admin, options: options)
      try await body(service, admin, installation)
      await service.shutdown()
      await admin.shutdown()
      #expect(process.stop() == .exited(0))
    }

    @Test(arguments: versions)
    func `the first calls of the documents work as they are printed`(version: ProtocolVersion) async throws {
      try await withService(version) { points, _, _ in
        try await points.award(userID: "123", amount: 10, reason: "Event participation")
        let balance = try await points.balance(userID: "123")
        #expect(balance.balance == 10 && balance.available == 10 && balance.totalEarned == 10)
        #expect(balance.version == 1 && balance.source == .redis)
        let page = try await points.leaderboard(board: .earned, limit: 10)
        #expect(page.entries.map(\.userID) == ["123"] && page.entries.map(\.rank) == [1])
        #expect(await Self.missing(for: points) == 490)
      }
    }

    /// As the documents branch on a refusal; nil if it was none.
    private static func missing(for points: PointsClient) async -> Int64? {
      do {
        try await points.deduct(userID: "123", amount: 500, kind: "purchase", idempotencyKey: "order-77")
      } catch .refused(let problem) where problem.code == .insufficientBalance {
        return problem.missing
      } catch {
        Issue.record(error)
      }
      return nil
    }

    @Test(arguments: versions)
    func `postings, their repeats and their reversals`(version: ProtocolVersion) async throws {
      try await withService(version) { points, _, _ in
        let award = try await points.award(
          userID: Self.user, amount: .max, kind: "winner", metadata: ["a": ["b": [1, nil, true, "x"]]],
          idempotencyKey: "a")
        #expect(award.transaction.amount == .max && award.transaction.userID == Self.user)
        #expect(award.transaction.metadata == ["a": ["b": [1, nil, true, "x"]]])
        #expect(award.isProjected && !award.isReplayed)
        let again = try await points.award(
          userID: Self.user, amount: .max, kind: "winner", metadata: ["a": ["b": [1, nil, true, "x"]]],
          idempotencyKey: "a")
        #expect(again.isReplayed && again.transaction == award.transaction)
        await #expect(throws: PointsError.self) {
          try await points.award(userID: Self.user, amount: 1, idempotencyKey: "a")
        }

        let posting = try await points.post([
          Leg(.debit, userID: Self.user, amount: 5), Leg(.credit, userID: "bert", amount: 5),
        ])
        #expect(posting.posting.transactions.map(\.amount) == [5, 5])
        #expect(posting.balances.map(\.balance) == [.max - 5, 5])
        #expect(try await points.posting(id: posting.posting.id) == posting.posting)
        let transaction = posting.posting.transactions[0]
        #expect(try await points.transaction(id: transaction.id) == transaction)

        let part = try await points.reverse(
          transaction: award.transaction.id, amount: 7, reason: "Counted twice")
        #expect(part.remaining == .max - 7 && part.receipt.transaction.reverses == award.transaction.id)
        let whole = try await points.reverse(posting: posting.posting.id, allowPartial: true)
        #expect(whole.remaining == 0 && whole.receipt.posting.transactions.count == 2)

        let batch = try await points.post(batch: [
          PostingDraft([Leg(.credit, userID: "cara", amount: 3)], idempotencyKey: "b1"),
          PostingDraft([Leg(.debit, userID: "cara", amount: 4)], idempotencyKey: "b2"),
        ])
        guard case .posted(let made) = batch[0], case .refused(let problem, false) = batch[1] else {
          Issue.record("\(batch)")
          return
        }
        #expect(made.balances.map(\.balance) == [3])
        #expect(problem.code == .insufficientBalance && problem.missing == 1)
      }
    }

    @Test(arguments: versions)
    func `balances, past ones too, and histories`(version: ProtocolVersion) async throws {
      try await withService(version) { points, _, _ in
        for amount in 1...30 as ClosedRange<Int64> {
          try await points.award(userID: Self.user, amount: amount, occurredAt: nil)
        }
        let receipt = try await points.deduct(userID: Self.user, amount: 65, kind: "purchase")
        let now = try await points.balance(userID: Self.user, minVersion: receipt.balance.version)
        #expect(now.balance == 400 && now.totalEarned == 465 && now.totalSpent == 65 && now.version == 31)
        #expect(now.lastTransactionAt == receipt.transaction.createdAt && now.history == nil)
        let ledger = try await points.balance(
          userID: Self.user, consistency: .ledger, includingHistory: true)
        #expect(ledger.source == .ledger && ledger.history?.count == 25)
        #expect(ledger.history?.first == receipt.transaction)
        let past = try await points.balance(userID: Self.user, at: receipt.transaction.createdAt)
        #expect(past.version == 31 && past.balance == 400)
        #expect(try await points.allBalances(userID: Self.user).map(\.balance) == [400])
        #expect(try await points.balances([Account(userID: Self.user)]).map(\.balance) == [400])
        let many = try await points.balances(userIDs: ["nobody", Self.user])
        #expect(many.map(\.balance) == [0, 400] && many.map(\.version) == [0, 31])

        let page = try await points.history(userID: Self.user, kind: "award", limit: 2)
        #expect(page.transactions.map(\.version) == [30, 29])
        var versions: [Int64] = []
        for try await page in points.historyPages(userID: Self.user, limit: 7) {
          versions += page.transactions.map(\.version)
        }
        #expect(versions == (1...31).reversed())
      }
    }

    @Test(arguments: versions)
    func `boards, from every side`(version: ProtocolVersion) async throws {
      try await withService(version) { points, _, _ in
        for (user, amount) in [("a", 30), ("b", 20), (Self.user, 20), ("d", 10)] as [(String, Int64)] {
          try await points.award(userID: user, amount: amount)
        }
        let page = try await points.leaderboard(pointType: "points", board: .balance, limit: 3, offset: 1)
        #expect(
          page.entries.map(\.userID) == ["b", Self.user, "d"] && page.entries.map(\.rank) == [2, 2, 4])
        #expect(page.members == 4 && page.source == .redis && page.statistics?.sum == 80)
        #expect(page.statistics?.average == 20 && page.statistics?.median == 20)
        let rank = try #require(try await points.rank(userID: Self.user))
        #expect(rank.rank == 2 && rank.score == 20 && rank.missing == 10 && rank.percentile == 75)
        #expect(try await points.rank(userID: "nobody") == nil)
        let around = try await points.leaderboard(aroundUser: Self.user, count: 3)
        #expect(around.entries.map(\.userID) == ["b", Self.user, "d"] && around.offset == 1)
        let near = try await points.leaderboard(aroundScore: 25, count: 2, board: .earned)
        #expect(near.entries.map(\.userID) == ["a", "b"])
        let chosen = try await points.leaderboard(userIDs: ["d", "nobody", Self.user])
        #expect(chosen.entries.map(\.entry.userID) == [Self.user, "d"] && chosen.unranked == ["nobody"])
        #expect(chosen.entries.map(\.entry.rank) == [2, 4] && chosen.entries.map(\.localRank) == [1, 2])
      }
    }

    @Test(arguments: versions)
    func `users and point types`(version: ProtocolVersion) async throws {
      try await withService(version) { points, admin, _ in
        let user = try await admin.setUser(
          userID: Self.user, displayName: "Gil", metadata: ["level": 7, "tags": ["a"]])
        #expect(user.userID == Self.user && user.displayName == "Gil" && user.isEnabled)
        #expect(try await points.user(userID: Self.user) == user)
        try await admin.setUser(userID: Self.user, displayName: nil, isEnabled: false)
        await #expect(throws: PointsError.self) { try await points.award(userID: Self.user, amount: 1) }

        let gems = try await admin.createPointType(name: "gems", displayName: "Gems", maxAmount: 10)
        #expect(try await points.pointType("gems") == gems)
        #expect(try await points.pointType(gems.id) == gems)
        let changed = try await admin.changePointType(
          "gems", displayName: "Jewels", description: .set("Shiny"), maxAmount: .clear)
        #expect(changed.displayName == "Jewels" && changed.description == "Shiny" && changed.maxAmount == nil)
        #expect(try await points.pointTypes().map(\.name).sorted() == ["gems", "points"])
        try await admin.deletePointType("gems")
        #expect(try await points.pointTypes().map(\.name) == ["points"])
        await #expect(throws: PointsError.self) {
          try await points.createPointType(name: "x", displayName: "X")
        }
      }
    }
  }
}
