// Postings that were made before, read back from the ledger: a first answer can be given again as long as the
// ledger stands, because the ledger is what it was made of.
import Ledger
import PostgresClient

struct ReplayedPostings {
  private var transactions: [PostingID: [Transaction]] = [:]
  private var failure: LedgerError?

  init() {}

  init(failure: LedgerError) {
    self.failure = failure
  }

  init(_ ids: [PostingID], from pool: PostgresPool) async throws(PostgresError) {
    let rows = try await pool.query(ReadPostings(ids: Array(Set(ids))))
    for row in rows { transactions[row.id.posting, default: []].append(row) }
  }

  func receipt(
    of id: PostingID, remaining: Int64?, isReplay: Bool
  ) -> Result<PostingOutcome, LedgerError> {
    if let failure { return .failure(failure) }
    let receipt = Receipt(
      posting: id, transactions: transactions[id] ?? [], remaining: remaining, isReplay: isReplay,
      isProjected: true)
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
          isReplay: true, isProjected: receipt.isProjected))
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
