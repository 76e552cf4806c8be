// What became of verifying the ledger, as a whole or in part.
import LedgerStore

package struct LedgerFindings: Sendable {
  package internal(set) var accounts: Int64 = 0
  package internal(set) var transactions: Int64 = 0
  package internal(set) var requests: Int64 = 0
  package internal(set) var faultyAccounts: Int64 = 0
  package internal(set) var faults = Examples<ChainFault, ChainFault.Kind>()

  /// Why not all of it was looked at; nil if it was.
  package var failure: VerificationError?

  package init() {}

  package var isWhole: Bool { faultyAccounts == 0 && faults.counts.isEmpty }

  mutating func add(_ chain: CheckedChain) {
    let wrong = ChainJudge.faults(of: chain)
    accounts += 1
    faultyAccounts += wrong.isEmpty ? 0 : 1
    for fault in wrong { faults.add(fault, fault.kind) }
  }
}
