// A reader of Prometheus' text format that takes nothing on trust. Real scrapers forgive much; a page that
// this one takes, all of them take.
import Foundation

struct PageError: Error {
  let line: String
  let problem: String
}

/// Series by name and labels.
struct PrometheusPage {
  struct Series {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  private(set) var kinds: [String: String] = [:]
  private(set) var series: [Series] = []
  private var helped: Set<String> = []
  private var family = ""
  private var seen: Set<String> = []

  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw PageError(line: text, problem: "no line feed at the end") }
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      try read(String(line))
    }
    try checkHistograms()
  }

  /// The sum of all series with this name that have these labels among theirs.
  func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
    series.filter { series in
      series.name == name && labels.allSatisfy { series.labels[$0.key] == $0.value }
    }
    .reduce(0) { $0 + $1.value }
  }

  // MARK: Lines

  private mutating func read(_ line: String) throws {
    func refuse(_ problem: String) -> PageError { PageError(line: line, problem: problem) }
    if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
      family = String(match.1)
      guard helped.insert(family).inserted else { throw refuse("a family is explained twice") }
      guard match.2.last == "." else { throw refuse("its help is no sentence") }
    } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
      guard match.1 == family else { throw refuse("its type does not follow its help") }
      guard kinds.updateValue(String(match.2), forKey: family) == nil else { throw refuse("typed twice") }
      guard (match.2 == "counter") == family.hasSuffix("_total") else {
        throw refuse("counters, and only they, end with _total")
      }
    } else {
      try readSample(line, refuse)
    }
  }

  private mutating func readSample(_ line: String, _ refuse: (String) -> PageError) throws {
    guard let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([^ ]+)/) else {
      throw refuse("it is no sample")
    }
    let name = String(match.1)
    guard let kind = kinds[family] else { throw refuse("its family has no type") }
    let names = kind == "histogram" ? ["_bucket", "_sum", "_count"].map { family + $0 } : [family]
    guard names.contains(name) else { throw refuse("it is in another family's lines") }
    guard let value = match.3 == "+Inf" ? .infinity : Double(match.3), value >= 0, value.isFinite else {
      throw refuse("its value is none")
    }
    let labels = try match.2.map { try Self.labels(String($0), refuse) } ?? [:]
    let identity =
      name + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    guard seen.insert(identity).inserted else { throw refuse("the series is there twice") }
    series.append(Series(name: name, labels: labels, value: value))
  }

  private static func labels(_ text: String, _ refuse: (String) -> PageError) throws -> [String: String] {
    var labels: [String: String] = [:]
    var rest = text[...]
    while let match = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/) {
      guard labels.updateValue(String(match.2), forKey: String(match.1)) == nil else {
        throw refuse("a label is there twice")
      }
      rest = rest[match.range.upperBound...]
      if rest.isEmpty, match.3 == "," { throw refuse("a comma too many") }
    }
    guard rest.isEmpty else { throw refuse("its labels are none") }
    return labels
  }

  // MARK: Histograms

  private func checkHistograms() throws {
    for (name, kind) in kinds where kind == "histogram" {
      let buckets = Dictionary(grouping: series.filter { $0.name == name + "_bucket" }) { series in
        series.labels.filter { $0.key != "le" }
      }
      let counts = series.filter { $0.name == name + "_count" }
      guard buckets.count == counts.count else { throw PageError(line: name, problem: "a count is missing") }
      for count in counts {
        let mine = buckets[count.labels] ?? []
        let bounds = mine.map { Double($0.labels["le"] == "+Inf" ? "inf" : $0.labels["le"] ?? "") ?? .nan }
        let isRising = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
        let isCumulative = zip(mine, mine.dropFirst()).allSatisfy { $0.value <= $1.value }
        guard isRising, isCumulative, bounds.last == .infinity, mine.last?.value == count.value,
          series.contains(where: { $0.name == name + "_sum" && $0.labels == count.labels })
        else { throw PageError(line: name, problem: "its buckets are odd: \(count.labels)") }
      }
    }
  }
}
