// What each caller of a batch is told, once the batch is settled.
import Ledger
import PostgresClient

extension LedgerLanes {
  func outcome(
    at index: Int, of batch: [PendingPosting], _ settled: SettledBatch, _ replayed: ReplayedPostings
  ) -> Result<PostingOutcome, LedgerError> {
    let id = batch[index].posting.id
    switch settled.verdicts[index] {
    case .accepted(let acceptance):
      let receipt = Receipt(
        posting: id, transactions: acceptance.transactions, remaining: acceptance.remaining,
        refusedLegs: acceptance.refusedLegs, isReplay: false, isProjected: true)
      return .success(.posted(receipt))
    case .refused(let refusal): return .success(.refused(refusal, isReplay: false))
    case .replayed(.refused(let refusal)): return .success(.refused(refusal, isReplay: true))
    case .replayed(.posted(let first, let remaining)):
      return replayed.receipt(of: first, remaining: remaining, isReplay: first != id)
    case .twin(let first): return outcome(at: first, of: batch, settled, replayed).map(\.asReplay)
    case .conflicting(let field): return .success(.conflicting(field))
    case .typeGone(let type): return .success(.typeGone(type))
    }
  }

  func replays(of batch: [PendingPosting], _ settled: SettledBatch) async -> ReplayedPostings {
    var (ids, legByLeg): ([PostingID], [PostingID]) = ([], [])
    for (pending, verdict) in zip(batch, settled.verdicts) {
      guard case .replayed(.posted(let id, _)) = verdict else { continue }
      ids.append(id)
      if pending.posting.decision == .legByLeg { legByLeg.append(id) }
    }
    guard !ids.isEmpty else { return ReplayedPostings() }
    do throws(PostgresError) {
      return try await ReplayedPostings(ids, legByLeg: legByLeg, from: pool)
    } catch {
      // They stand; only what they are cannot be told just now.
      return ReplayedPostings(failure: .unavailable(error, mayHaveTakenEffect: true))
    }
  }
}
