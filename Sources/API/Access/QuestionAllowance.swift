// How often Postgres may be asked about keys that nobody here knows. Without a bound, anybody who can reach
// the service could keep Postgres busy with invented keys; with one bound for all, he could use it up and so
// lock out good keys that were not used lately. Therefore a quarter of it is for those who ask little.
import EventLoop

/// So many questions a second, and no more than that at once.
struct QuestionAllowance {
  private let eachSecond: Int
  /// So many each place may ask whatever the others do, as long as any are left.
  private let own: Int
  /// The last ones are for places that have not asked their own.
  private let reserve: Int

  private var second: Int64 = .min
  private var left = 0
  /// How many were granted to each place within the second. Whoever is granted none is not remembered, so
  /// there are never more places than questions.
  private var granted: [String: Int] = [:]

  init(eachSecond: Int) {
    self.eachSecond = eachSecond
    own = max(1, eachSecond / 64)
    reserve = eachSecond / 4
  }

  var placeCount: Int { granted.count }

  mutating func take(for host: String, _ now: MonotonicInstant) -> Bool {
    let current = now.nanoseconds / 1_000_000_000
    if current != second {
      (second, left) = (current, eachSecond)
      granted.removeAll(keepingCapacity: true)
    }
    guard left > 0 else { return false }
    let place = Self.place(of: host)
    let count = granted[place, default: 0]
    guard count < own || left > reserve else { return false }
    left -= 1
    granted[place] = count + 1
    return true
  }

  /// Whoever has one IPv6 address has all with its first 64 bits, so these count as one place.
  static func place(of host: String) -> String {
    guard host.utf8.contains(UInt8(ascii: ":")), !host.utf8.contains(UInt8(ascii: ".")) else { return host }
    var groups = host.split(separator: ":", omittingEmptySubsequences: false)
    if groups.first == "" { groups.removeFirst() }
    if let gap = groups.firstIndex(of: "") {
      let zeros = repeatElement(Substring("0"), count: max(1, 9 - groups.count))
      groups.replaceSubrange(gap...gap, with: zeros)
    }
    return groups.prefix(4).joined(separator: ":")
  }
}
