// A settlement as it is written: what goes into which table, and what each caller is told once it is
// committed.
import Ledger

struct SettledBatch {
  private let settlement: Settlement
  private let submissions: [Submission]
  /// As they were locked.
  private let accountsBefore: AccountTable
  /// What is decided here for the first time under a key, in the order of digests.
  let answers: [AnsweredRequest]
  /// Where the accounts that changed stand among those that were locked, in the order of locks.
  let changedPlaces: [Int]

  init(_ settlement: Settlement, of submissions: [Submission], on accounts: AccountTable) {
    self.settlement = settlement
    accountsBefore = accounts
    self.submissions = submissions
    changedPlaces = settlement.changedPlaces
    answers = Self.answers(settlement.verdicts, of: submissions)
  }

  var now: Instant { settlement.state.now }
  var transactions: [Transaction] { settlement.transactions }
  var verdicts: [Verdict] { settlement.verdicts }

  /// In the order of locks.
  var changedAccounts: [Account] { changedPlaces.map { settlement.state.accounts[$0] } }

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
  var emptyAccounts: [AccountKey] {
    let accounts = settlement.state.accounts
    return accounts.indices.compactMap { accounts[$0].version == 0 ? accounts[$0].key : nil }
  }

  /// Those of the users, created a moment ago, who got nothing after all.
  func unused(among created: [UserID]) -> [UserID] {
    guard !created.isEmpty else { return [] }
    let users = Set(changedAccounts.map(\.key.user))
    return created.filter { !users.contains($0) }
  }

  /// What Redis is sent: what changed, and again what was answered before, whose first send may have been
  /// lost.
  var accountsToProject: [ChangedAccount] {
    let accounts = settlement.state.accounts
    var isShown = Array(repeating: false, count: accounts.indices.count)
    for place in changedPlaces { isShown[place] = true }
    for (submission, verdict) in zip(submissions, verdicts) {
      guard case .replayed(.posted) = verdict else { continue }
      for leg in submission.posting.legs {
        if let place = accounts.place(of: leg.account) { isShown[place] = true }
      }
    }
    return accounts.indices.compactMap { place in
      guard isShown[place], accounts[place].version > 0 else { return nil }
      let user = accounts.standing(at: place)
      return ChangedAccount(
        NamedAccount(accounts[place], displayName: user.displayName, isEnabled: user.isEnabled),
        before: accountsBefore[place])
    }
  }
}
