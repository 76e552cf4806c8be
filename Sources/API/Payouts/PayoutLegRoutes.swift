// What a payout consists of: its lines with the transactions that they became, and from a transaction back to
// why it was made.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

enum PayoutLegRoutes {
  static func add(to routes: inout GuardedRoutes, desk: PayoutDesk, lookup: PointTypeLookup) {
    routes.on(
      .get, PayoutRoutes.path + "/{id}/transactions", for: .service, handler: legs(desk, lookup))
    routes.on(
      .get, "/points/transactions/{id}/reward", for: .service, handler: reward(desk, lookup))
  }

  /// In the order of the plan: all, or those that did not take effect.
  private static func legs(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 100))
      let isOutstanding = try query.optionalBool("outstanding") ?? false
      let cursor = try query.optionalCursor()
      try query.finish()
      let distribution = try await desk.find(try exchange.path("id"))
      let question = ["legs", distribution.id.description, "\(isOutstanding)"]
      let after = try cursor.map { text throws(Problem) in try PageCursor.number(in: text, of: question) }
      if isOutstanding {
        return try await outstanding(distribution, after ?? 0, limit, question, desk, lookup)
      }
      let page = try await Problem.explaining { () async throws(PostgresError) in
        try await desk.store.paidLegs(of: distribution, after: after ?? 0, limit: limit)
      }
      try await lookup.learnNames(of: Set(page.map(\.line.leg.pointType)))
      var json = JSONWriter(reservingCapacity: 128 + 512 * page.count)
      json.object {
        $0.field("distributionId", distribution.id)
        $0.arrayField("lines") { for paid in page { $0.paidLine(paid, lookup.catalog) } }
        let last = page.count == limit ? page.last?.line.number : nil
        $0.field("nextCursor", orNull: Self.cursor(last, question))
      }
      return .json(json.finish())
    }
  }

  private static func outstanding(
    _ distribution: Distribution, _ after: Int32, _ limit: Int, _ question: [String],
    _ desk: PayoutDesk, _ lookup: PointTypeLookup
  ) async throws(Problem) -> HTTPResponse {
    let page = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.store.outstanding(of: distribution, after: after, limit: limit)
    }
    try await lookup.learnNames(of: Set(page.map(\.leg.pointType)))
    var json = JSONWriter(reservingCapacity: 128 + 512 * page.count)
    json.object {
      $0.field("distributionId", distribution.id)
      $0.arrayField("lines") {
        for leg in page {
          $0.object {
            $0.line(NumberedLeg(number: leg.number, leg: leg.leg), lookup.catalog)
            $0.field("outstanding", leg.outstanding)
            $0.field("attempts", Int64(leg.attempts))
            $0.field("refusal", orNull: leg.refusal?.storedName)
            $0.field("detail", orNull: leg.refusal?.sentence)
          }
        }
      }
      let last = page.count == limit ? page.last?.number : nil
      $0.field("nextCursor", orNull: Self.cursor(last, question))
    }
    return .json(json.finish())
  }

  private static func cursor(_ last: Int32?, _ question: [String]) -> String? {
    last.map { PageCursor([UInt64(UInt32(bitPattern: $0))], of: question).text }
  }

  /// Why somebody got something: the rule, the rank, and where the score behind it is explained.
  private static func reward(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let none = Problem(.notFound, "There is no such transaction of a payout.")
      guard let id = TransactionID(text: try exchange.path("id")) else { throw none }
      let found = try await Problem.explaining { () async throws(PostgresError) in
        try await desk.store.line(of: id)
      }
      guard let (distribution, paid) = found else { throw none }
      let rule = try await desk.rule(of: paid.line.leg, at: distribution.rulesAt)
      let standing = try await desk.standing(of: paid.line.leg.user, in: distribution.snapshot)
      try await lookup.learnNames(of: [distribution.board.pointType, paid.line.leg.pointType])
      var json = JSONWriter(reservingCapacity: 2_048)
      json.reward(id, paid, of: distribution, rule, standing, lookup.catalog)
      return .json(json.finish())
    }
  }
}
