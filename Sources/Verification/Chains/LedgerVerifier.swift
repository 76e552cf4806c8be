// Holds the whole ledger against itself: page by page, in the order of users and point types, each page in
// one statement, of which only what is wrong comes back. Pages are cut by what they cost: by their
// transactions as well as their accounts, and once more if one is not answered in time all the same.
package import Ledger
import LedgerStore
package import PostgresClient

/// What became of verifying the ledger.
package struct LedgerFindings: Sendable {
  package var accounts: Int64 = 0
  package var transactions: Int64 = 0
  package var requests: Int64 = 0
  package var faultyAccounts: Int64 = 0
  package var faults = Examples<ChainFault, ChainFault.Kind>()

  /// Why not all of it was looked at; nil if it was.
  package var failure: VerificationError?

  package init() {}

  package var isWhole: Bool { faultyAccounts == 0 && faults.counts.isEmpty }
}

package struct LedgerVerifier: Sendable {
  /// Told after every page: what is looked at, how much is done.
  package typealias Progress = (_ accounts: Int64, _ requests: Int64) -> Void

  private static let pageLength = 4_096
  private static let requestPageLength = 8_192

  private let verifying: LedgerVerifying
  /// How many transactions a page has, if it has more than one account: some seconds' work.
  private let transactionsMax: Int64

  /// The sessions of the pool read by index (`PostgresConnectionOptions.readByIndex`).
  package init(_ pool: PostgresPool, transactionsMax: Int64 = 1_000_000) {
    verifying = LedgerVerifying(pool)
    self.transactionsMax = transactionsMax
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

  private func verifyAccounts(
    of types: [PointTypeID], into findings: inout LedgerFindings, _ progress: Progress
  ) async throws(VerificationError) {
    var last = AccountRange.beginning
    while true {
      let after = last
      let (range, isLast) = try await asking { () throws(PostgresError) in
        try await verifying.page(after: after, count: Self.pageLength, transactions: transactionsMax)
      }
      try await verify(range, of: Self.pageLength, types, into: &findings)
      progress(findings.accounts, 0)
      guard !isLast else { return }
      last = range.through
    }
  }

  /// Takes a page that is not answered in time in two parts.
  private func verify(
    _ range: AccountRange, of count: Int, _ types: [PointTypeID], into findings: inout LedgerFindings
  ) async throws(VerificationError) {
    do throws(VerificationError) {
      try await verify(range, types, into: &findings)
    } catch {
      guard error.isTimeout else { throw error }
      guard let (first, part) = try await half(of: range, count) else {
        // One account is too much by itself. The others are looked at all the same.
        findings.failure = error
        return
      }
      try await verify(first, of: part, types, into: &findings)
      let rest = AccountRange(after: first.through, through: range.through)
      try await verify(rest, of: max(1, count - part), types, into: &findings)
    }
  }

  /// The first part of a range of so many accounts, or fewer, and how many are in it at most; nil if there
  /// are no two parts.
  private func half(
    of range: AccountRange, _ count: Int
  ) async throws(VerificationError) -> (AccountRange, Int)? {
    var part = count / 2
    while part > 0 {
      let accounts = part
      let (first, isLast) = try await asking { () throws(PostgresError) in
        try await verifying.page(after: range.after, count: accounts)
      }
      if !isLast, first.through != range.through { return (first, part) }
      part /= 2
    }
    return nil
  }

  /// All accounts of one user.
  package func verify(
    _ user: UserID, types: [PointTypeID]
  ) async throws(VerificationError) -> LedgerFindings {
    var findings = LedgerFindings()
    try await verify(AccountRange.all(of: user), types, into: &findings)
    return findings
  }

  /// One account.
  package func verify(_ key: AccountKey) async throws(VerificationError) -> LedgerFindings {
    var findings = LedgerFindings()
    try await verify(AccountRange.only(key), [], into: &findings)
    return findings
  }

  private func verify(
    _ range: AccountRange, _ types: [PointTypeID], into findings: inout LedgerFindings
  ) async throws(VerificationError) {
    let checked = try await asking { () throws(PostgresError) in
      try await verifying.chains(in: range, of: types)
    }
    findings.accounts += checked.accounts
    findings.transactions += checked.links
    findings.faultyAccounts += checked.faultyAccounts
    for fault in checked.faulty.flatMap(ChainJudge.faults) { findings.faults.add(fault, fault.kind) }
  }

  private func verifyRequests(
    into findings: inout LedgerFindings, _ progress: Progress
  ) async throws(VerificationError) {
    var last = UUIDBits(high: 0, low: 0)
    while true {
      let after = last
      let page = try await asking { () throws(PostgresError) in
        try await verifying.requests(after: after, limit: Self.requestPageLength)
      }
      findings.requests += page.requests
      for posting in page.missing { findings.faults.add(ChainFault(lost: posting), .lostPosting) }
      progress(findings.accounts, findings.requests)
      guard page.requests == Self.requestPageLength, let end = page.last else { return }
      last = end
    }
  }
}
