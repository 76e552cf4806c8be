// The decision. A batch is settled in memory, in the order of its postings: each sees the accounts as the one
// before left them, and either takes effect wholly or changes nothing. No input or output happens here, so
// every rule of the ledger can be tested without a server.

/// A batch, decided.
package struct Settlement: Sendable {
  /// One for each submission, in order.
  package private(set) var verdicts: [Verdict] = []
  /// Everything accepted, in the order it happened.
  package private(set) var transactions: [Transaction] = []
  /// The accounts afterwards.
  package private(set) var state: LedgerState
  /// Which of them changed, by their places.
  private var isChanged: [Bool]

  private var firstOfRequest: [UUIDBits: Int] = [:]

  package init(of submissions: [Submission], on state: LedgerState) {
    self.state = state
    isChanged = Array(repeating: false, count: state.accounts.indices.count)
    verdicts.reserveCapacity(submissions.count)
    for (index, submission) in submissions.enumerated() {
      verdicts.append(verdict(on: submission, at: index, among: submissions))
    }
  }

  /// The places of the accounts that changed, in their order.
  package var changedPlaces: [Int] { isChanged.indices.filter { isChanged[$0] } }

  private mutating func verdict(
    on submission: Submission, at index: Int, among submissions: [Submission]
  ) -> Verdict {
    if submission.isStanding { return .replayed(standing(submission)) }
    guard let request = submission.posting.request else { return settle(submission.posting) }
    if let remembered = submission.remembered {
      if let field = request.fingerprint.difference(from: remembered.fingerprint) {
        return .conflicting(field)
      }
      return .replayed(remembered.outcome)
    }
    guard let first = firstOfRequest[request.digest] else {
      let verdict = settle(submission.posting)
      // What is not kept is as if never asked: a later twin is decided for itself.
      switch verdict {
      case .typeGone: break
      case .refused where !request.keepsRefusals: break
      case .accepted, .refused, .replayed, .twin, .conflicting: firstOfRequest[request.digest] = index
      }
      return verdict
    }
    // The first is in this batch and has a request, or it would not have been noted.
    guard let earlier = submissions[first].posting.request else { return .twin(of: first) }
    if let field = request.fingerprint.difference(from: earlier.fingerprint) { return .conflicting(field) }
    return .twin(of: first)
  }

  /// Of a posting without a key nothing is remembered; what it reverses is told as it is now.
  private func standing(_ submission: Submission) -> RememberedRequest.Outcome {
    if let remembered = submission.remembered { return remembered.outcome }
    return .posted(submission.posting.id, remaining: submission.posting.remaining(in: state))
  }

  private mutating func settle(_ posting: Posting) -> Verdict {
    var journal = Journal(posting: posting)
    for (index, leg) in posting.legs.enumerated() {
      do throws(LegRefusal) {
        try journal.add(leg, at: index, to: &state)
      } catch {
        journal.undo(in: &state)
        switch error {
        case .refused(let reason), .nothingToTake(let reason): return .refused(Refusal(reason, leg: index))
        case .typeGone: return .typeGone(leg.account.pointType)
        }
      }
    }
    if let refusal = journal.refusal { return .refused(refusal) }
    transactions.append(contentsOf: journal.transactions)
    for place in journal.places { isChanged[place] = true }
    return .accepted(journal.acceptance)
  }
}

/// Why a leg does not take effect.
enum LegRefusal: Error {
  case refused(Refusal.Reason)
  /// A reversal that would take nothing; the other legs take effect without it.
  case nothingToTake(Refusal.Reason)
  case typeGone
}
