// Holds the whole ledger against itself: page by page, in the order of users and point types, each page in
// one statement, of which only what is wrong comes back.
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

  package init() {}

  package var isWhole: Bool { faultyAccounts == 0 && faults.counts.isEmpty }
}

package struct LedgerVerifier: Sendable {
  /// Told after every page: what is looked at, how much is done.
  package typealias Progress = (_ accounts: Int64, _ requests: Int64) -> Void

  private static let pageLength = 4_096
  private static let requestPageLength = 8_192

  private let verifying: LedgerVerifying

  /// The sessions of the pool read by index (`PostgresConnectionOptions.readByIndex`).
  package init(_ pool: PostgresPool) {
    verifying = LedgerVerifying(pool)
  }

  /// All accounts of these types, or of all and the remembered requests besides.
  package func verify(
    types: [PointTypeID], progress: Progress
  ) async throws(VerificationError) -> LedgerFindings {
    var findings = LedgerFindings()
    var last = AccountRange.beginning
    while true {
      let after = last
      let (range, isLast) = try await asking { () throws(PostgresError) in
        try await verifying.page(after: after, count: Self.pageLength)
      }
      try await verify(range, types, into: &findings)
      progress(findings.accounts, 0)
      guard !isLast else { break }
      last = range.through
    }
    if types.isEmpty { try await verifyRequests(into: &findings, progress) }
    return findings
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
