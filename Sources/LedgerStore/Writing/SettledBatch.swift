// A settlement as it is written: what goes into which table, and what each caller is told once it is
// committed.
import Ledger

struct SettledBatch {
  private let settlement: Settlement
  private let submissions: [Submission]
  /// All that it locked, in the order of locks.
  private let locked: [AccountKey]
  /// What is decided here for the first time under a key, in the order of digests.
  let answers: [AnsweredRequest]

  init(_ settlement: Settlement, of submissions: [Submission], on locked: [AccountKey]) {
    self.settlement = settlement
    self.submissions = submissions
    self.locked = locked
    answers = Self.answers(settlement.verdicts, of: submissions)
  }

  var now: Instant { settlement.state.now }
  var transactions: [Transaction] { settlement.transactions }
  var verdicts: [Verdict] { settlement.verdicts }

  /// In the order of locks.
  var changedAccounts: [Account] {
    let changed = settlement.changed
    return locked.compactMap { changed.contains($0) ? settlement.state.accounts[$0] : nil }
  }

  /// What did not take effect of postings that do all the same.
  var refusedLegs: [RefusedLeg] {
    zip(submissions, verdicts).flatMap { submission, verdict -> [RefusedLeg] in
      guard case .accepted(let acceptance) = verdict else { return [] }
      return acceptance.refusedLegs.map { RefusedLeg(posting: submission.posting.id, refusal: $0) }
    }
  }

  var hasSomethingToWrite: Bool { !settlement.transactions.isEmpty || !answers.isEmpty }

  private static func answers(_ verdicts: [Verdict], of submissions: [Submission]) -> [AnsweredRequest] {
    var answers: [AnsweredRequest] = []
    for (submission, verdict) in zip(submissions, verdicts) {
      guard let request = submission.posting.request else { continue }
      switch verdict {
      case .accepted(let acceptance):
        answers.append(
          AnsweredRequest(
            request: request,
            outcome: .posted(submission.posting.id, remaining: acceptance.remaining)))
      case .refused(let refusal):
        guard request.keepsRefusals else { break }
        answers.append(AnsweredRequest(request: request, outcome: .refused(refusal)))
      case .replayed, .twin, .conflicting, .typeGone: break
      }
    }
    return answers.sorted { $0.request.digest < $1.request.digest }
  }

  /// Accounts without a transaction: created for postings that were refused.
  func emptyAccounts(among keys: [AccountKey]) -> [AccountKey] {
    keys.filter { settlement.state.accounts[$0]?.version == 0 }
  }

  /// Those of the users, created a moment ago, who got nothing after all.
  func unused(among created: [UserID]) -> [UserID] {
    guard !created.isEmpty else { return [] }
    let users = Set(settlement.changed.map(\.user))
    return created.filter { !users.contains($0) }
  }

  /// What Redis is sent: what changed, and again what was answered before, whose first send may have been
  /// lost.
  var accountsToProject: [NamedAccount] {
    var keys = settlement.changed
    for (submission, verdict) in zip(submissions, verdicts) {
      guard case .replayed(.posted) = verdict else { continue }
      for leg in submission.posting.legs { keys.insert(leg.account) }
    }
    return locked.compactMap { key in
      guard keys.contains(key), let account = settlement.state.accounts[key], account.version > 0
      else { return nil }
      let user = settlement.state.users[key.user]
      return NamedAccount(account, displayName: user?.displayName, isEnabled: user?.isEnabled ?? true)
    }
  }
}
