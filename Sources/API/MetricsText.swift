// The text format that Prometheus reads: a comment for each family, then a line for each series.
import EventLoop

/// Writes metric families.
struct MetricsText {
  private(set) var bytes: [UInt8] = []

  enum Kind: String {
    case counter, gauge, histogram
  }

  /// One series: its labels, already escaped and without braces, and its value.
  typealias Sample = (labels: String, value: Double)

  mutating func family(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    begin(name, kind, help)
    for sample in samples { line(name, sample.labels, sample.value) }
  }

  mutating func histogram(_ name: String, _ help: String, _ series: [(labels: String, LatencyHistogram)]) {
    begin(name, .histogram, help)
    for (labels, histogram) in series {
      let prefix = labels.isEmpty ? "" : labels + ","
      var count: UInt64 = 0
      for (index, bound) in LatencyHistogram.bounds.enumerated() {
        count &+= histogram.buckets[index]
        line("\(name)_bucket", "\(prefix)le=\"\(Self.seconds(bound))\"", Double(count))
      }
      count &+= histogram.buckets[LatencyHistogram.bounds.count]
      line("\(name)_bucket", "\(prefix)le=\"+Inf\"", Double(count))
      line("\(name)_sum", labels, Double(histogram.sumNanoseconds) / 1e9)
      line("\(name)_count", labels, Double(count))
    }
  }

  private static func seconds(_ nanoseconds: Int64) -> Double {
    Double(nanoseconds) / 1e9
  }

  private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    bytes.append(contentsOf: "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8)
  }

  private mutating func line(_ name: String, _ labels: String, _ value: Double) {
    let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    let series = labels.isEmpty ? name : "\(name){\(labels)}"
    bytes.append(contentsOf: "\(series) \(number)\n".utf8)
  }
}
