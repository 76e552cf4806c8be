// Postings: groups of changes that happen together or not at all, and many such groups in one call.
import JSON

extension PointsClient {
  /// Posts up to 1,000 legs at once: all of them or none. For the key see `award`.
  @discardableResult
  public func post(
    _ legs: [Leg], idempotencyKey: IdempotencyKey? = .automatic
  ) async throws(PointsError) -> PostingReceipt {
    let body = JSONWriter.body { Leg.write(legs, to: &$0) }
    let call = Call.write(Target("/points/postings"), body, key: idempotencyKey)
    return try await value(of: call) { fields, answer throws(MalformedAnswer) in
      try PostingReceipt(fields, isReplayed: answer.isReplayed)
    }
  }

  /// Posts up to 500 postings that have nothing to do with each other, of 2,000 legs together; the results
  /// are in their order. Each draft has a key and keeps it, so the same drafts can be sent again at any time.
  public func post(batch postings: [PostingDraft]) async throws(PointsError) -> [BatchResult] {
    guard postings.allSatisfy(\.idempotencyKey.isWellFormed) else { throw Self.badKey }
    let body = JSONWriter.body { json in
      json.arrayField("postings") { json in
        for posting in postings { posting.write(to: &json) }
      }
    }
    let call = Call(
      method: .post, target: Target("/points/postings/batch").bytes, body: body,
      isRepeatable: true, isWrite: true)
    return try await value(of: call) { fields, _ throws(MalformedAnswer) in
      let results: [BatchResult] = try fields.list("results")
      guard results.count == postings.count else {
        throw MalformedAnswer("it has \(results.count) results for \(postings.count) postings")
      }
      return results
    }
  }

  /// A posting that was made.
  public func posting(id: String) async throws(PointsError) -> Posting {
    try await value(of: .read(Target("/points/postings").adding(part: id)))
  }

  /// A transaction that was made.
  public func transaction(id: String) async throws(PointsError) -> Transaction {
    try await value(of: .read(Target("/points/transactions").adding(part: id)))
  }
}
