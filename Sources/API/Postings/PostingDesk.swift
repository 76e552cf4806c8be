// Where drafts become postings: point types get their ids, requests their digests, rules their say; and where
// they are handed to the ledger.
import EventLoop
import HTTPServer
import Ledger
package import LedgerStore
package import PostgresClient

/// One worker's desk; used on its loop only.
package final class PostingDesk: @unchecked Sendable {
  let lanes: LedgerLanes
  let reader: LedgerReader
  private let rules: PostingRules
  private let lookup: PointTypeLookup
  private var ids = PostingIDs()

  package init(_ lanes: LedgerLanes, reader: LedgerReader, pool: PostgresPool, rules: PostingRules) {
    self.lanes = lanes
    self.reader = reader
    // The lanes decide by the catalog that names are looked up in.
    lookup = PointTypeLookup(lanes.catalog, pool: pool, on: pool.loop)
    self.rules = rules
  }

  var types: PointTypeCatalog { lanes.catalog }

  // MARK: Drafts

  /// Of several postings in one request, each is told when the request came.
  func posting(
    _ drafts: [LegDraft], as operation: RequestContent.Operation, _ key: IdempotencyKey?,
    from caller: Caller, since moment: PointTypeCatalog.Moment? = nil
  ) async throws(Problem) -> Posting {
    var legs: [Leg] = []
    legs.reserveCapacity(drafts.count)
    for draft in drafts {
      let type = try await lookup.type(
        draft.pointType, since: moment, explaining: Problem.init(beforePosting:))
      legs.append(draft.leg(of: type.id))
    }
    let request = key.map { key in
      var content = RequestContent(operation)
      content.add(.legs, Int64(drafts.count))
      for (draft, leg) in zip(drafts, legs) { draft.add(to: &content, type: leg.account.pointType) }
      return Request(service: caller.service, key: key.bytes, content: content)
    }
    let now = Instant.now
    if let problem = rules.objection(to: drafts, at: now) { try await insist(on: problem, unless: request) }
    return Posting(
      id: ids.next(at: now), legs: legs, request: request, service: caller.service,
      isByAdmin: caller.role >= .admin)
  }

  func posting(
    _ draft: ReversalDraft, of originals: [ReversibleTransaction], as operation: RequestContent.Operation,
    _ key: IdempotencyKey?, from caller: Caller
  ) async throws(Problem) -> Posting {
    let request = key.map { key in
      Request(service: caller.service, key: key.bytes, content: draft.content(operation, of: originals))
    }
    let now = Instant.now
    if let problem = rules.objection(to: draft.details, at: now, draft.place) {
      try await insist(on: problem, unless: request)
    }
    return Posting(
      id: ids.next(at: now), legs: draft.legs(of: originals), request: request, service: caller.service,
      isByAdmin: caller.role >= .admin)
  }

  /// Throws the objection unless the request was answered before: then it gets that answer again, though the
  /// rules or the time are others now.
  private func insist(on problem: Problem, unless request: Request?) async throws(Problem) {
    guard let request else { throw problem }
    do throws(PostgresError) {
      if try await lanes.remembers(request) { return }
    } catch {
      throw Problem(beforePosting: error)
    }
    throw problem
  }

  // MARK: The ledger

  func post(_ posting: Posting) async throws(Problem) -> PostingOutcome {
    do throws(LedgerError) { return try await lanes.post(posting) } catch { throw Problem(error) }
  }

  /// The answer about a posting that was made, or the problem why it was not. Where its legs stand in the
  /// reverse of the order that the caller knows, the leg that was refused is told by its place in that.
  func answer(
    to posting: Posting, _ outcome: PostingOutcome, legsAreReversed: Bool = false
  ) throws(Problem) -> PostingAnswer {
    switch outcome {
    case .posted(let receipt): return PostingAnswer(receipt: receipt, types: types)
    case .refused(let refusal, let isReplay):
      let count = posting.legs.count
      let leg = legsAreReversed ? count - 1 - refusal.leg : refusal.leg
      throw Problem(refusal, leg: count > 1 ? leg : nil, isReplay: isReplay)
    case .conflicting(let field): throw Problem(keyUsedWithAnother: field)
    case .inFlight: throw .requestInFlight
    case .typeGone(let type): throw .typeDeleted(types.name(of: type))
    }
  }
}
