// What `points load` says to a person.
import LoadSender

enum LoadTable {
  static func lines(of report: LoadReport) -> [String] {
    let rate = Int(report.requestsPerSecond.rounded())
    var lines = ["answered   \(report.answered) requests, \(rate) a second"]
    if report.unitsPerRequest > 1 {
      lines.append("awards     \(Int(report.unitsPerSecond.rounded())) a second")
    }
    for (status, count) in report.refused.sorted(by: { $0.key < $1.key }) {
      lines.append("refused    \(count) \(status == 0 ? "by ending the stream" : "with status \(status)")")
    }
    if report.unanswered > 0 { lines.append("unanswered \(report.unanswered)") }
    let quantiles = [("half", 0.5), ("90 of 100", 0.9), ("99 of 100", 0.99), ("999 of 1,000", 0.999)]
    let times = quantiles.map { "\($0) \(milliseconds(report.latencies.quantile($1)))" }
    lines.append(
      "within     \(times.joined(separator: ", ")), all \(milliseconds(report.latencies.greatest))")
    return lines
  }

  private static func milliseconds(_ time: Duration) -> String {
    let microseconds = Int((time / .microseconds(1)).rounded())
    let (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000)
    return "\(whole).\(String(part + 1_000).dropFirst()) ms"
  }
}
