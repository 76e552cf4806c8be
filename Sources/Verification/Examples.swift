// A few findings of many, for a person to look at: the first of each kind come before the second of any, so
// that a frequent kind hides no rare one.

package struct Examples<Finding: Sendable, Kind: Hashable & Sendable>: Sendable {
  package static var most: Int { 20 }
  private static var ofOneKind: Int { 5 }

  package private(set) var counts: [Kind: Int64] = [:]
  private var kept: [(kind: Kind, finding: Finding)] = []

  package init() {}

  package mutating func add(_ finding: Finding, _ kind: Kind) {
    counts[kind, default: 0] += 1
    guard counts[kind, default: 0] <= Self.ofOneKind else { return }
    kept.append((kind, finding))
  }

  package mutating func add(_ others: Self) {
    counts.merge(others.counts, uniquingKeysWith: +)
    kept += others.kept
  }

  package var shown: [Finding] { kept.prefix(Self.most).map(\.finding) }
}
