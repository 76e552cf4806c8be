// The routes that tell what users have.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

package enum BalanceRoutes {
  /// A thousand accounts with ids and names as long as they may be.
  private static let bodyBytes = 1024 * 1024
  private static let historyMax = 25

  package static func add(to routes: inout GuardedRoutes, desk: BalanceDesk) {
    routes.on(
      .get, "/points/balance", for: .service,
      handler: { exchange, _ throws(Problem) in
        let query = try BalanceQuery(reading: exchange)
        return try await answer(query, at: desk)
      })
    routes.on(
      .post, "/points/balances", for: .service, body: .json(limit: bodyBytes),
      handler: { exchange, _ throws(Problem) in
        try QueryReader(exchange).finish()
        let keys = try await keys(in: exchange, desk.lookup)
        return list(try await desk.balances(keys), desk.lookup.catalog)
      })
  }

  // MARK: One

  private static func answer(
    _ query: BalanceQuery, at desk: BalanceDesk
  ) async throws(Problem) -> HTTPResponse {
    if query.asksForAllTypes {
      return list(try await desk.balances(of: query.user), desk.lookup.catalog, of: query.user)
    }
    let type = try await desk.lookup.type(query.pointType)
    let key = AccountKey(user: query.user, pointType: type.id)
    if let instant = query.instant { return try await past(key, instant, at: desk) }
    if query.includesHistory { return try await withHistory(key, at: desk) }
    let balance =
      query.asksLedger
      ? try await desk.ledgerBalance(key) : try await desk.balance(key, atLeast: query.minVersion)
    var json = JSONWriter(reservingCapacity: 512)
    json.balance(balance, desk.lookup.catalog)
    return .json(json.finish())
  }

  private static func past(
    _ key: AccountKey, _ instant: Instant, at desk: BalanceDesk
  ) async throws(Problem) -> HTTPResponse {
    let last = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.reader.account(key, at: instant)
    }
    var json = JSONWriter(reservingCapacity: 512)
    json.balance(of: key, at: instant, after: last, desk.lookup.catalog)
    return .json(json.finish())
  }

  /// Both from the ledger, and the history up to the very version of the balance: the newest transaction ends
  /// at what is told as the balance.
  private static func withHistory(
    _ key: AccountKey, at desk: BalanceDesk
  ) async throws(Problem) -> HTTPResponse {
    let balance = try await desk.ledgerBalance(key)
    var query = HistoryQuery(account: key, limit: historyMax)
    query.below = balance.version + 1
    let asked = query
    let page = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.reader.history(asked)
    }
    var json = JSONWriter(reservingCapacity: 512 + 1024 * page.transactions.count)
    json.object {
      $0.members(of: balance, desk.lookup.catalog)
      $0.arrayField("history") {
        for transaction in page.transactions { $0.transaction(transaction, desk.lookup.catalog) }
      }
    }
    return .json(json.finish())
  }

  // MARK: Many

  private static func keys(
    in exchange: HTTPExchange, _ lookup: PointTypeLookup
  ) async throws(Problem) -> [AccountKey] {
    var body = try RequestBody(exchange)
    var accounts = try body.objects("accounts", count: 1...LedgerReader.accountsMax)
    try body.finish()
    var asked: [(user: UserID, pointType: String?)] = []
    asked.reserveCapacity(accounts.count)
    for index in accounts.indices {
      let user = try accounts[index].userID("userId")
      let pointType = try accounts[index].optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
      try accounts[index].finish()
      asked.append((user, pointType))
    }
    var keys: [AccountKey] = []
    keys.reserveCapacity(asked.count)
    for one in asked {
      keys.append(AccountKey(user: one.user, pointType: try await lookup.type(one.pointType).id))
    }
    return keys
  }

  private static func list(
    _ balances: [Balance], _ types: PointTypeCatalog, of user: UserID? = nil
  ) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 64 + 384 * balances.count)
    json.object {
      if let user { $0.field("userId", user) }
      $0.arrayField("balances") { for balance in balances { $0.balance(balance, types) } }
    }
    return .json(json.finish())
  }
}
