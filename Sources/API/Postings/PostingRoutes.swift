// The routes that write to the ledger. Each reads its body to the end before it asks anybody anything, so a
// request that is wrong in itself costs nothing.
import HTTPServer
import Ledger
import LedgerStore

package enum PostingRoutes {
  /// A leg with texts and metadata as long as they may be, escaped as wastefully as JSON allows.
  private static let singleBytes = 64 * 1024
  /// 2,000 legs with all their texts. `POINTS_MAX_BODY` holds here too, and is less unless it was raised.
  static let manyBytes = 16 * 1024 * 1024

  package static func add(
    to routes: inout GuardedRoutes, desk: PostingDesk
  ) {
    addSingle(to: &routes, "/points/award", .award, desk)
    addSingle(to: &routes, "/points/deduct", .deduct, desk)
    addPostings(to: &routes, desk)
    addBatch(to: &routes, desk)
    addReversals(to: &routes, desk)
  }

  private static func addSingle(
    to routes: inout GuardedRoutes, _ path: String, _ operation: RequestContent.Operation,
    _ desk: PostingDesk
  ) {
    let direction = operation == .award ? Direction.credit : .debit
    routes.on(
      .post, path, for: .service, body: .json(limit: singleBytes),
      handler: { exchange, caller throws(Problem) in
        let key = try exchange.idempotencyKey()
        var body = try RequestBody(exchange)
        let draft = try LegDraft(reading: &body, as: direction)
        let posting = try await desk.posting([draft], as: operation, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting)).single
      })
  }

  private static func addPostings(
    to routes: inout GuardedRoutes, _ desk: PostingDesk
  ) {
    routes.on(
      .post, "/points/postings", for: .service, body: .json(limit: manyBytes),
      handler: { exchange, caller throws(Problem) in
        let key = try exchange.idempotencyKey()
        var body = try RequestBody(exchange)
        let drafts = try LegDraft.all(in: &body)
        try body.finish()
        let posting = try await desk.posting(drafts, as: .post, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting)).whole
      })
  }

  private static func addBatch(
    to routes: inout GuardedRoutes, _ desk: PostingDesk
  ) {
    routes.on(
      .post, "/points/postings/batch", for: .service, body: .json(limit: manyBytes),
      handler: { exchange, caller throws(Problem) in
        let batch = try BatchDraft(reading: exchange)
        return await batch.posted(by: caller, at: desk)
      })
  }

  private static func addReversals(
    to routes: inout GuardedRoutes, _ desk: PostingDesk
  ) {
    routes.on(
      .post, "/points/transactions/{id}/reverse", for: .service, body: .json(limit: singleBytes),
      handler: { exchange, caller throws(Problem) in
        let key = try exchange.idempotencyKey()
        let draft = try ReversalDraft(reading: exchange, takesAmount: true)
        let original = try await desk.original(try exchange.named(TransactionID.self))
        let posting = try await desk.posting(
          draft, of: [original], as: .reverseTransaction, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting)).single
      })
    routes.on(
      .post, "/points/postings/{id}/reverse", for: .service, body: .json(limit: singleBytes),
      handler: { exchange, caller throws(Problem) in
        let key = try exchange.idempotencyKey()
        let draft = try ReversalDraft(reading: exchange, takesAmount: false)
        let originals = try await desk.originals(of: try exchange.named(PostingID.self))
        let posting = try await desk.posting(draft, of: originals, as: .reversePosting, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting), legsAreReversed: true).whole
      })
  }
}

extension HTTPExchange {
  /// The key, of a request whose query says nothing: no route that posts takes parameters there.
  func idempotencyKey() throws(Problem) -> IdempotencyKey? {
    try QueryReader(self).finish()
    return try IdempotencyKey.sent(in: request.headers)
  }

  /// The id in the path. What is no id names nothing.
  fileprivate func named<ID: UUIDIdentifier>(_ type: ID.Type) throws(Problem) -> ID {
    guard let id = ID(text: try path("id")) else { throw .nothingPosted }
    return id
  }
}
