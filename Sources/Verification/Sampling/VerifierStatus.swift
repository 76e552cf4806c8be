// What a continuous verifier tells about itself, for the metrics.
package import Ledger

package struct VerifierStatus: Sendable {
  /// Accounts that were held against the ledger.
  package internal(set) var accounts = 0
  /// Members of boards that were looked at.
  package internal(set) var members = 0
  package internal(set) var chains = 0
  /// Mirrors whose sums were held against the ledger.
  package internal(set) var sums = 0
  package private(set) var drifts: [Drift.Kind: Int] = [:]
  package internal(set) var repaired = 0
  package private(set) var brokenChains = 0
  /// Mirrors that had lost so much that they were taken out of service.
  package internal(set) var retired = 0
  package internal(set) var rebuilds = 0
  package internal(set) var failures = 0
  package internal(set) var lastFailure: String?
  /// How often all accounts of all types were looked at, and when that was last so, in seconds since 1970.
  package internal(set) var passes = 0
  package internal(set) var lastPass: Int64 = 0
  /// By the name of the type, of the last samples.
  package internal(set) var windows: [String: DriftWindow] = [:]
  /// Accounts whose chains were found broken, as far as they are looked at again.
  package internal(set) var broken: Set<AccountKey> = []

  package init() {}

  mutating func note(_ drift: Drift) { drifts[drift.kind, default: 0] += 1 }

  mutating func noteBroken() { brokenChains += 1 }

  /// Whether somebody should look.
  package var isAlarming: Bool { !broken.isEmpty || windows.values.contains(where: \.isAlarming) }
}
