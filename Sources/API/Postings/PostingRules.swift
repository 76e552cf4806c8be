// What this installation lets callers post, beyond what the ledger itself demands. These are settings: they
// may be others tomorrow, so nothing that was decided by them is remembered under an idempotency key.
import EventLoop
import HTTPServer
import JSON
import Ledger

package struct PostingRules: Sendable {
  /// The categories a transaction may have.
  package var categories: [String] = []
  /// Bounds of what one award, or one credit of a posting, may give.
  package var minAward: Int64?
  package var maxAward: Int64?
  /// How far from the present an event may have occurred.
  package var occurredPast = Duration.seconds(90 * 86400)
  package var occurredFuture = Duration.seconds(60)

  package init() {}

  /// Why the first leg that cannot be posted by these rules cannot, or nil.
  func objection(to drafts: [LegDraft], at now: Instant) -> Problem? {
    for (index, draft) in drafts.enumerated() {
      let leg = drafts.count > 1 ? index : nil
      if let problem = objection(to: draft.details, at: now, draft.place) { return problem }
      if let problem = objection(toCategory: draft.details.category, leg) { return problem }
      guard draft.direction == .credit else { continue }
      if let problem = objection(toAward: draft.amount, leg) { return problem }
    }
    return nil
  }

  func objection(to details: TransactionDetails, at now: Instant, _ place: FieldPlace) -> Problem? {
    guard let instant = details.occurredAt else { return nil }
    let earliest = now.advanced(by: .zero - occurredPast)
    let latest = now.advanced(by: occurredFuture)
    guard instant < earliest || instant > latest else { return nil }
    return .field(
      place.text(of: "occurredAt"), "must lie between \(earliest.rfc3339) and \(latest.rfc3339)")
  }

  private func objection(toCategory category: String?, _ leg: Int?) -> Problem? {
    guard let category, !categories.contains(where: { $0.hasSameBytes(as: category) }) else { return nil }
    return Problem(
      .unknownCategory, "The category \"\(category)\" is none of those that are known here.",
      members: [.text("category", category)] + .place(of: leg))
  }

  private func objection(toAward amount: Int64, _ leg: Int?) -> Problem? {
    if let minAward, amount < minAward {
      return Problem(
        .limitExceeded, "An award gives at least \(minAward) here.",
        members: [.integer("minimum", minAward)] + .place(of: leg))
    }
    if let maxAward, amount > maxAward {
      return Problem(
        .limitExceeded, "An award gives at most \(maxAward) here.",
        members: [.integer("maximum", maxAward)] + .place(of: leg))
    }
    return nil
  }
}

extension [Problem.Member] {
  /// Which leg a problem is about, where there are several.
  static func place(of leg: Int?) -> [Problem.Member] {
    leg.map { [.integer("leg", Int64($0))] } ?? []
  }
}

extension Instant {
  static var now: Instant { Instant(microseconds: WallClock.now.microseconds) }

  fileprivate func advanced(by duration: Duration) -> Instant {
    let (seconds, attoseconds) = duration.components
    return Instant(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }
}
