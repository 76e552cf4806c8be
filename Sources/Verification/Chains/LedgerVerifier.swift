// Holds the whole ledger against itself. Transactions are read once, stretch by stretch in the order in which
// they lie, and each moves the chain of its account on; then the accounts are met in the same way: they are
// the ends of their chains. So it does not matter in what order they were written, no statement is long, and
// memory is bounded: of a ledger with very many accounts it goes over the transactions again for every
// part of them. Stretches are of different moments: an account that does not agree with its chain, because
// somebody wrote meanwhile or because it is broken, is read by its index, which says which.
package import Ledger
import LedgerStore
package import PostgresClient

package struct LedgerVerifier: Sendable {
  package enum Part: String, Sendable {
    case transactions, accounts, requests
  }

  /// Told after every stretch: what is looked at, how much is done, and of how much at a guess.
  package typealias Progress = (_ part: Part, _ done: Int64, _ total: Int64) -> Void

  /// So many pages are read at once, if they are answered in time; and of how many pages of accounts the
  /// chains are followed at once.
  package struct Lengths: Sendable {
    package var transactions: Int64 = 2_048
    package var accounts: Int64 = 1_024
    package var requests: Int64 = 512
    /// About 2.7 million accounts: 250 MB.
    package var accountsAtOnce: Int64 = 65_536

    package init() {}
  }

  /// How many accounts a page has, more or less.
  private static let accountsPerPage: Int64 = 42

  let verifying: LedgerVerifying
  let reader: ChainReader
  let lengths: Lengths

  /// The sessions of the pool read by place (`PostgresConnectionOptions.readByPlace`).
  package init(_ pool: PostgresPool, lengths: Lengths = Lengths()) {
    verifying = LedgerVerifying(pool)
    reader = ChainReader(verifying)
    self.lengths = lengths
  }

  /// All accounts of these types, or of all and the remembered requests besides. What was found is told even
  /// if the ledger does not answer to the end.
  package func verify(types: [PointTypeID], progress: Progress) async -> LedgerFindings {
    var findings = LedgerFindings()
    do throws(VerificationError) {
      try await verifyAccounts(of: types, into: &findings, progress)
      if types.isEmpty { try await verifyRequests(into: &findings, progress) }
    } catch {
      findings.failure = error
    }
    return findings
  }

  /// All accounts of one user.
  package func verify(
    _ user: UserID, types: [PointTypeID]
  ) async throws(VerificationError) -> LedgerFindings {
    let all = try await asking { () throws(PostgresError) in try await verifying.types(of: user) }
    let chosen = all.filter { types.isEmpty || types.contains($0) }
    return try await verify(chosen.map { AccountKey(user: user, pointType: $0) })
  }

  /// One account.
  package func verify(_ key: AccountKey) async throws(VerificationError) -> LedgerFindings {
    try await verify([key])
  }

  private func verify(_ keys: [AccountKey]) async throws(VerificationError) -> LedgerFindings {
    var findings = LedgerFindings()
    for chain in try await read(keys.map { ChainReader.Open($0) }, into: &findings) {
      findings.transactions += chain.links
    }
    return findings
  }

  /// Reads chains by their index, and judges them.
  @discardableResult
  func read(
    _ chains: [ChainReader.Open], into findings: inout LedgerFindings
  ) async throws(VerificationError) -> [CheckedChain] {
    let outcome = try await reader.read(chains)
    for chain in outcome.checked { findings.add(chain) }
    findings.failure = findings.failure ?? outcome.failure
    return outcome.checked
  }

  // MARK: All accounts

  private func verifyAccounts(
    of types: [PointTypeID], into findings: inout LedgerFindings, _ progress: Progress
  ) async throws(VerificationError) {
    let pages = try await measure()
    var parts: Int64 = 1
    while pages.accounts / parts > lengths.accountsAtOnce { parts *= 2 }
    let seed = Int64.random(in: .min ... .max)
    for part in 0..<parts {
      let accounts = WalkedAccounts(types: types, mask: parts - 1, part: part, seed: seed)
      var chains = ChainTable(reserving: Int(pages.accounts / parts * Self.accountsPerPage))
      let (links, met) = (findings.transactions, findings.accounts)
      try await follow(&chains, of: accounts, into: &findings) {
        progress(.transactions, links + $0, (links + $1) * parts / (part + 1))
      }
      try await meet(&chains, of: accounts, into: &findings) {
        progress(.accounts, met + $0, (met + $1) * parts / (part + 1))
      }
      try await meetOthers(&chains, of: accounts, into: &findings)
    }
  }

  private func verifyRequests(
    into findings: inout LedgerFindings, _ progress: Progress
  ) async throws(VerificationError) {
    let pages = try await measure().requests
    var walk = StretchWalk(over: pages, by: lengths.requests)
    while let stretch = walk.next() {
      let checked = try await walk.answer(to: stretch) { () throws(PostgresError) in
        try await verifying.requests(in: stretch)
      }
      guard let checked else { continue }
      findings.requests += checked.requests
      for posting in checked.missing { findings.faults.add(ChainFault(lost: posting), .lostPosting) }
      progress(.requests, findings.requests, walk.whole(of: findings.requests))
    }
    findings.failure = findings.failure ?? walk.failure
  }

  func measure() async throws(VerificationError) -> TableLengths {
    try await asking { () throws(PostgresError) in try await verifying.lengths() }
  }
}
