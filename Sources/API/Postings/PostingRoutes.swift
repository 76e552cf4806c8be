// The routes that write to the ledger. Each reads its body to the end before it asks anybody anything, so a
// request that is wrong in itself costs nothing.
package import HTTPServer
import Ledger
import LedgerStore

package enum PostingRoutes {
  /// A leg with texts and metadata as long as they may be, escaped as wastefully as JSON allows.
  private static let singleBytes = 64 * 1024
  /// 2,000 legs with all their texts; `POINTS_MAX_BODY` is usually less.
  static let manyBytes = 16 * 1024 * 1024

  package static func add(
    to router: inout Router<Endpoint>, desk: PostingDesk, admit: @escaping AdmitPosting
  ) {
    addSingle(to: &router, "/points/award", .award, desk, admit)
    addSingle(to: &router, "/points/deduct", .deduct, desk, admit)
    addPostings(to: &router, desk, admit)
    addBatch(to: &router, desk, admit)
    addReversals(to: &router, desk, admit)
  }

  private static func addSingle(
    to router: inout Router<Endpoint>, _ path: String, _ operation: RequestContent.Operation,
    _ desk: PostingDesk, _ admit: @escaping AdmitPosting
  ) {
    let direction = operation == .award ? Direction.credit : .debit
    router.on(
      .post, path,
      Endpoint(body: .json(limit: singleBytes)) { exchange throws(Problem) in
        let caller = try await admit(exchange)
        let key = try IdempotencyKey.sent(in: exchange.request.headers)
        var body = try RequestBody(exchange)
        let draft = try LegDraft(reading: &body, as: direction)
        let posting = try await desk.posting([draft], as: operation, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting)).single
      })
  }

  private static func addPostings(
    to router: inout Router<Endpoint>, _ desk: PostingDesk, _ admit: @escaping AdmitPosting
  ) {
    router.on(
      .post, "/points/postings",
      Endpoint(body: .json(limit: manyBytes)) { exchange throws(Problem) in
        let caller = try await admit(exchange)
        let key = try IdempotencyKey.sent(in: exchange.request.headers)
        var body = try RequestBody(exchange)
        let drafts = try LegDraft.all(in: &body)
        try body.finish()
        let posting = try await desk.posting(drafts, as: .post, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting)).whole
      })
  }

  private static func addBatch(
    to router: inout Router<Endpoint>, _ desk: PostingDesk, _ admit: @escaping AdmitPosting
  ) {
    router.on(
      .post, "/points/postings/batch",
      Endpoint(body: .json(limit: manyBytes)) { exchange throws(Problem) in
        let caller = try await admit(exchange)
        let batch = try BatchDraft(reading: exchange)
        return await batch.posted(by: caller, at: desk)
      })
  }

  private static func addReversals(
    to router: inout Router<Endpoint>, _ desk: PostingDesk, _ admit: @escaping AdmitPosting
  ) {
    router.on(
      .post, "/points/transactions/{id}/reverse",
      Endpoint(body: .json(limit: singleBytes)) { exchange throws(Problem) in
        let caller = try await admit(exchange)
        let key = try IdempotencyKey.sent(in: exchange.request.headers)
        let draft = try ReversalDraft(reading: exchange, takesAmount: true)
        let original = try await desk.original(try exchange.named(TransactionID.self))
        let posting = try await desk.posting(
          draft, of: [original], as: .reverseTransaction, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting)).single
      })
    router.on(
      .post, "/points/postings/{id}/reverse",
      Endpoint(body: .json(limit: singleBytes)) { exchange throws(Problem) in
        let caller = try await admit(exchange)
        let key = try IdempotencyKey.sent(in: exchange.request.headers)
        let draft = try ReversalDraft(reading: exchange, takesAmount: false)
        let originals = try await desk.originals(of: try exchange.named(PostingID.self))
        let posting = try await desk.posting(draft, of: originals, as: .reversePosting, key, from: caller)
        return try desk.answer(to: posting, try await desk.post(posting), legsAreReversed: true).whole
      })
  }
}

extension HTTPExchange {
  /// The id in the path. What is no id names nothing.
  fileprivate func named<ID: UUIDIdentifier>(_ type: ID.Type) throws(Problem) -> ID {
    let text: String
    do throws(RequestError) { text = try parameters.string("id") } catch { throw Problem(error) }
    guard let id = ID(text: text) else { throw .nothingPosted }
    return id
  }
}
