// Since when, and until when, something held, and who wanted it so. By Postgres's clock.
package import Ledger

package struct RewardValidity: Sendable, Equatable {
  package let from: Instant
  /// From here on it did not hold any more; nil as long as it does.
  package let until: Instant?
  /// The names of services, or commands.
  package let decidedBy: String
  package let endedBy: String?

  package init(from: Instant, until: Instant? = nil, decidedBy: String, endedBy: String? = nil) {
    self.from = from
    self.until = until
    self.decidedBy = decidedBy
    self.endedBy = endedBy
  }
}
