// What a process tells of payouts: what it did itself, and what is not at its end, of which all processes
// tell the same.
import LedgerStore

extension MetricsPage {
  func addPayouts(to text: inout MetricsText) {
    var total = PayoutTally.Counts()
    for report in reports { total.add(report.payouts) }
    func tell(_ name: String, _ help: String, _ value: Int64) {
      text.family(name, .counter, help, [("", Double(value))])
    }
    tell("points_payouts_planned_total", "Payouts that this process planned.", total.planned)
    tell("points_payout_lines_credited_total", "Lines of payouts that took effect.", total.credited)
    tell("points_payout_lines_refused_total", "Lines of payouts that were posted in vain.", total.refused)
    tell(
      "points_payouts_failed_total", "Payouts that could not go on, or not be planned after a close.",
      total.failed)
    let open = reports.flatMap(\.openPayouts)
    guard !open.isEmpty else { return }
    text.family(
      "points_payouts_open", .gauge, "Payouts that wait for approval, or are being paid.",
      open.map { ("phase=\"\($0.phase.rawValue)\"", Double($0.count)) })
    text.family(
      "points_payouts_idle_seconds", .gauge, "For how long nothing has happened to the most idle of those.",
      open.map { ("phase=\"\($0.phase.rawValue)\"", $0.idleSeconds) })
  }
}
