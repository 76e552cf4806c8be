// A period of a board, from the day it was laid down to the day it is history.
package import Ledger

package struct BoardPeriod: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// Not closed yet; perhaps not begun either.
    case open
    /// Nothing can count in it any more; it is being stored.
    case closing
    /// Stored for ever.
    case frozen
    /// Stored, and its payout is planned: it waits for approval, or is being paid.
    case paying
    /// Stored, and everything that could be is paid.
    case paid
    /// Nobody was to be ranked in it.
    case skipped
    /// Storing it failed, and is tried again; or it is stored, and its payout failed.
    case failed
  }

  package let number: Int32
  package let label: String
  package let start: Instant
  /// The first instant that is no longer in it.
  package let end: Instant
  package let state: State
  package let reason: String?
  /// When nothing could count in it any more.
  package let closedAt: Instant?
  package let frozenAt: Instant?
  package let snapshot: SnapshotID?

  package init(
    number: Int32, label: String, start: Instant, end: Instant, state: State = .open, reason: String? = nil,
    closedAt: Instant? = nil, frozenAt: Instant? = nil, snapshot: SnapshotID? = nil
  ) {
    self.number = number
    self.label = label
    self.start = start
    self.end = end
    self.state = state
    self.reason = reason
    self.closedAt = closedAt
    self.frozenAt = frozenAt
    self.snapshot = snapshot
  }

  /// Whether what counted in it is still on the rows of accounts.
  package var isUnsettled: Bool {
    state == .open || state == .closing || (state == .failed && frozenAt == nil)
  }

  package var scored: ScoredBoard.Period {
    ScoredBoard.Period(number: number, start: start, end: end, isSettled: !isUnsettled)
  }
}
