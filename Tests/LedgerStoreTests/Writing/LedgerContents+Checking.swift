// What must hold of any ledger, whatever was posted: checked from the rows alone, with sums of its own.
import Ledger
import PostgresClient
import Testing

extension LedgerContents {
  /// Records an issue for everything that is not as it must be.
  func check(sourceLocation: SourceLocation = #_sourceLocation) {
    let chains = Dictionary(grouping: transactions, by: \.account)
    #expect(Set(chains.keys) == Set(accounts.map(\.key)), sourceLocation: sourceLocation)
    for account in accounts {
      let chain = chains[account.key] ?? []
      checkLinks(chain, sourceLocation)
      checkTotals(chain, sourceLocation)
      check(account, against: chain, sourceLocation)
    }
    checkPostings(sourceLocation)
    checkBatches(sourceLocation)
  }

  /// Versions without a gap; each begins where the one before ended; time does not go back.
  private func checkLinks(_ chain: [Transaction], _ location: SourceLocation) {
    var before: Transaction?
    for link in chain {
      #expect(link.version == (before?.version ?? 0) + 1, sourceLocation: location)
      #expect(link.before == before?.after ?? 0, sourceLocation: location)
      let change = link.direction == .credit ? link.amount : -link.amount
      #expect(link.after == link.before + change && link.after >= 0, sourceLocation: location)
      if let before { #expect(link.createdAt >= before.createdAt, sourceLocation: location) }
      before = link
    }
  }

  private func checkTotals(_ chain: [Transaction], _ location: SourceLocation) {
    var (earned, spent) = (Int64(0), Int64(0))
    /// Of each refund, how much of it still lowers what was spent.
    var lowering: [TransactionID: Int64] = [:]
    var left: [TransactionID: Int64] = [:]
    let byID = Dictionary(uniqueKeysWithValues: chain.map { ($0.id, $0) })
    for link in chain {
      left[link.id] = link.amount
      switch (link.kind.text, link.direction) {
      case ("reversal", _):
        guard let id = link.reverses, let original = byID[id] else {
          Issue.record("\(link.id) reverses nothing of its account", sourceLocation: location)
          return
        }
        left[id, default: 0] -= link.amount
        #expect(left[id, default: 0] >= 0, "more than there was", sourceLocation: location)
        #expect(original.direction != link.direction, sourceLocation: location)
        if original.direction == .credit, earns(original) { earned -= link.amount }
        if original.direction == .debit, spends(original) { spent = max(0, spent - link.amount) }
        let again = min(link.amount, lowering[id] ?? 0)
        lowering[id, default: 0] -= again
        spent += again
      case ("refund", .credit):
        lowering[link.id] = min(spent, link.amount)
        spent -= min(spent, link.amount)
      case (_, .debit): spent += spends(link) ? link.amount : 0
      case (_, .credit): earned += earns(link) ? link.amount : 0
      }
      #expect(link.totalEarned == earned && link.totalSpent == spent, sourceLocation: location)
    }
  }

  private func earns(_ link: Transaction) -> Bool {
    !["refund", "adjustment", "penalty"].contains(link.kind.text)
  }

  private func spends(_ link: Transaction) -> Bool {
    link.kind.text == "purchase" || link.kind.text == "redemption"
  }

  private func check(_ account: Account, against chain: [Transaction], _ location: SourceLocation) {
    #expect(!chain.isEmpty && users.contains(account.key.user.text), sourceLocation: location)
    guard let last = chain.last else { return }
    #expect(account.balance == last.after && account.version == last.version, sourceLocation: location)
    #expect(account.totalEarned == last.totalEarned, sourceLocation: location)
    #expect(account.totalSpent == last.totalSpent, sourceLocation: location)
    #expect(account.lastTransactionAt == last.createdAt, sourceLocation: location)
    let earned = chain.indices.last {
      chain[$0].totalEarned != ($0 == 0 ? 0 : chain[$0 - 1].totalEarned)
    }
    #expect(account.earnedAt == earned.map { chain[$0].createdAt }, sourceLocation: location)
  }

  /// The legs of a posting are there without a gap, and a key stands for one posting.
  private func checkPostings(_ location: SourceLocation) {
    let postings = Dictionary(grouping: transactions, by: \.id.posting)
    for (id, legs) in postings {
      let expected = legs.indices.map { id.transaction(leg: $0) }
      #expect(legs.map(\.id).sorted() == expected, sourceLocation: location)
    }
    var posted: [PostingID] = []
    for case .posted(let id, _) in requests.values.map(\.outcome) { posted.append(id) }
    #expect(Set(posted).count == posted.count, "two keys for one posting", sourceLocation: location)
    #expect(posted.allSatisfy { postings[$0] != nil }, "a key for no posting", sourceLocation: location)
  }

  /// Every revision of every account is named once.
  private func checkBatches(_ location: SourceLocation) {
    var named: [String: [Int64]] = [:]
    for batch in batches {
      for (index, user) in batch.users.enumerated() {
        named["\(Array(user.utf8)) \(batch.types[index])", default: []].append(batch.revisions[index])
      }
    }
    for account in accounts {
      let type = account.key.pointType.bits
      let revisions = named.removeValue(
        forKey: "\(Array(account.key.user.text.utf8)) \(PostgresUUID(high: type.high, low: type.low))")
      #expect(revisions?.max() == account.revision, sourceLocation: location)
      #expect(Set(revisions ?? []).count == revisions?.count, sourceLocation: location)
    }
    #expect(named.isEmpty, "batches name accounts that are not there", sourceLocation: location)
  }
}
