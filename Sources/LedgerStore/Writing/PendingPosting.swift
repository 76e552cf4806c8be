// A posting that somebody waits for.
import EventLoop
import Ledger
import PostgresClient

/// Used on one loop only.
final class PendingPosting: @unchecked Sendable {
  let posting: Posting
  let arrival: MonotonicInstant
  let deadline: MonotonicInstant
  let outcome = OneShot<Result<PostingOutcome, LedgerError>>()
  /// How an attempt ended that may have been committed. From then on the posting is looked for before it is
  /// made, however it comes to the next attempt, and nobody is told that nothing was done.
  var doubt: PostgresError?
  /// Whether it was set aside, because somebody holds an account of it.
  var isSetAside = false

  init(_ posting: Posting, arrival: MonotonicInstant, patience: Duration) {
    self.posting = posting
    self.arrival = arrival
    deadline = arrival + patience
  }

  func touches(_ accounts: Set<AccountKey>) -> Bool {
    posting.legs.contains { accounts.contains($0.account) }
  }

  /// Ends the wait without a decision.
  func fail(_ failure: LedgerError) {
    end(.failure(failure))
  }

  /// Ends the wait because its key is taken elsewhere; by its own earlier attempt perhaps.
  func answerInFlight() {
    end(.success(.inFlight))
  }

  private func end(_ result: Result<PostingOutcome, LedgerError>) {
    outcome.fulfil(doubt.map { .failure(.unavailable($0, mayHaveTakenEffect: true)) } ?? result)
  }

  /// It waited longer than it may: for an account, for Postgres while that did not work, or behind too many
  /// others.
  func expire(because failure: PostgresError?) {
    if isSetAside { return fail(.accountBusy) }
    fail(failure.map { .unavailable($0, mayHaveTakenEffect: false) } ?? .overloaded)
  }
}
