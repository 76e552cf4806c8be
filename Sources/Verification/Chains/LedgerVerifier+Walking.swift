// The walks over all that lies in the ledger: transactions, then accounts, then what no account was met of.
import Ledger
import LedgerStore
import PostgresClient

extension LedgerVerifier {
  /// How much was met in this walk, and of how much at a guess.
  typealias Count = (_ done: Int64, _ total: Int64) -> Void

  /// Moves the chain of every account on by the transactions that are there.
  func follow(
    _ chains: inout ChainTable, of accounts: WalkedAccounts, into findings: inout LedgerFindings,
    _ count: Count
  ) async throws(VerificationError) {
    var walk = StretchWalk(over: try await measure().transactions, by: lengths.transactions)
    while let stretch = walk.next() {
      let met = try await walk.answer(to: stretch) { () throws(PostgresError) in
        try await verifying.links(in: stretch, of: accounts)
      }
      guard let met else { continue }
      chains.take(met)
      findings.transactions += Int64(met.count)
      try await judgeReversals(among: met, &chains)
      count(chains.links, walk.whole(of: chains.links))
    }
    findings.failure = findings.failure ?? walk.failure
  }

  private func judgeReversals(
    among met: [MetLink], _ chains: inout ChainTable
  ) async throws(VerificationError) {
    var hashes: [TransactionID: Int64] = [:]
    for link in met {
      if let reversal = link.link.reversal { hashes[reversal] = link.hash }
    }
    guard !hashes.isEmpty else { return }
    for (id, _) in try await reader.wrongReversals(among: Array(hashes.keys)) {
      if let hash = hashes[id] { chains.doubt(hash) }
    }
  }

  /// Holds every account against the end of its chain.
  func meet(
    _ chains: inout ChainTable, of accounts: WalkedAccounts, into findings: inout LedgerFindings,
    _ count: Count
  ) async throws(VerificationError) {
    let begun = findings.accounts
    // Measured only now: whatever a transaction was met of has its account below this end.
    var walk = StretchWalk(over: try await measure().accounts, by: lengths.accounts)
    while let stretch = walk.next() {
      let met = try await walk.answer(to: stretch) { () throws(PostgresError) in
        try await verifying.accounts(in: stretch, of: accounts)
      }
      var open: [ChainReader.Open] = []
      for account in met ?? [] {
        switch chains.meet(account) {
        case .whole: findings.accounts += 1
        case .open(let end): open.append(ChainReader.Open(account.key, from: end))
        case .again: break
        }
      }
      try await read(open, into: &findings)
      let done = findings.accounts - begun
      count(done, walk.whole(of: done))
    }
    findings.failure = findings.failure ?? walk.failure
  }

  /// Reads the chains of which no account was met: it was on its way from one place to another, or there is
  /// none. Only the transactions say whose they are.
  func meetOthers(
    _ chains: inout ChainTable, of accounts: WalkedAccounts, into findings: inout LedgerFindings
  ) async throws(VerificationError) {
    var left = chains.unmet
    guard left > 0 else { return }
    var walk = StretchWalk(over: try await measure().transactions, by: lengths.transactions)
    while left > 0, let stretch = walk.next() {
      let owners = try await walk.answer(to: stretch) { () throws(PostgresError) in
        try await verifying.owners(in: stretch, seed: accounts.seed)
      }
      var open: [ChainReader.Open] = []
      for owner in owners ?? [] where chains.isUnmet(owner.hash) {
        open.append(ChainReader.Open(owner.key))
      }
      left -= open.count
      try await read(open, into: &findings)
    }
    findings.failure = findings.failure ?? walk.failure
  }
}
