// A posting that somebody waits for.
import EventLoop
import Ledger

final class PendingPosting: @unchecked Sendable {
  let posting: Posting
  let deadline: MonotonicInstant
  let outcome = OneShot<Result<PostingOutcome, LedgerError>>()

  init(_ posting: Posting, deadline: MonotonicInstant) {
    self.posting = posting
    self.deadline = deadline
  }

  func touches(_ accounts: Set<AccountKey>) -> Bool {
    posting.legs.contains { accounts.contains($0.account) }
  }
}
