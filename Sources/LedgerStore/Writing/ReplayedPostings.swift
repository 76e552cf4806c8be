// Postings that were made before, read back from the ledger: a first answer can be given again as long as the
// ledger stands, because the ledger is what it was made of.
import Ledger
import PostgresClient

struct ReplayedPostings {
  private var transactions: [PostingID: [Transaction]] = [:]
  private var refusedLegs: [PostingID: [Refusal]] = [:]
  private var failure: LedgerError?

  init() {}

  init(failure: LedgerError) {
    self.failure = failure
  }

  /// Of which some are decided leg by leg.
  init(_ ids: [PostingID], legByLeg: [PostingID], from pool: PostgresPool) async throws(PostgresError) {
    let ids = Array(Set(ids))
    for row in try await pool.query(ReadPostings(ids: ids)) {
      transactions[row.id.posting, default: []].append(row)
    }
    guard !legByLeg.isEmpty else { return }
    for row in try await pool.query(ReadRefusedLegs(postings: legByLeg)) {
      refusedLegs[row.posting, default: []].append(row.refusal)
    }
  }

  func receipt(
    of id: PostingID, remaining: Int64?, isReplay: Bool
  ) -> Result<PostingOutcome, LedgerError> {
    if let failure { return .failure(failure) }
    let receipt = Receipt(
      posting: id, transactions: transactions[id] ?? [], remaining: remaining,
      refusedLegs: refusedLegs[id] ?? [], isReplay: isReplay, isProjected: true)
    return .success(.posted(receipt))
  }
}

extension PostingOutcome {
  var asReplay: PostingOutcome {
    switch self {
    case .posted(let receipt):
      .posted(
        Receipt(
          posting: receipt.posting, transactions: receipt.transactions, remaining: receipt.remaining,
          refusedLegs: receipt.refusedLegs, isReplay: true, isProjected: receipt.isProjected))
    case .refused(let refusal, _): .refused(refusal, isReplay: true)
    case .conflicting, .inFlight, .typeGone: self
    }
  }

  func projected(exceptIn types: Set<PointTypeID>) -> PostingOutcome {
    guard !types.isEmpty, case .posted(var receipt) = self else { return self }
    receipt.isProjected = !receipt.transactions.contains { types.contains($0.account.pointType) }
    return .posted(receipt)
  }
}
