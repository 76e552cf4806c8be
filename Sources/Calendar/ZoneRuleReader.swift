// Reads a rule such as `CET-1CEST,M3.5.0,M10.5.0/3` byte by byte. Nil at the first byte that cannot stand
// where it stands. A daylight-saving time without its dates is refused: POSIX leaves open which they are.

struct ZoneRuleReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    rest = text
  }

  mutating func read() -> ZoneRule? {
    guard readName(), let behind = readOffset() else { return nil }
    guard !rest.isEmpty else { return ZoneRule(standardOffset: -behind, daylight: nil) }
    guard readName(), let offset = readDaylightOffset(standard: -behind),
      skip(","), let begin = readMoment(), skip(","), let end = readMoment(), rest.isEmpty
    else { return nil }
    return ZoneRule(
      standardOffset: -behind, daylight: ZoneRule.Daylight(offset: offset, begin: begin, end: end))
  }

  /// Three letters or more, or, in angle brackets, also digits and signs.
  private mutating func readName() -> Bool {
    let isQuoted = skip("<")
    let name = rest.prefix { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
      case _: false
      }
    }
    rest = rest[name.endIndex...]
    return name.count >= 3 && (!isQuoted || skip(">"))
  }

  /// Seconds behind Universal Time: POSIX counts to the west.
  private mutating func readOffset() -> Int? { readTime(hours: 0...24) }

  /// An hour ahead of standard time, if nothing is said.
  private mutating func readDaylightOffset(standard: Int) -> Int? {
    rest.first == UInt8(ascii: ",") ? standard + 3600 : readOffset().map { -$0 }
  }

  private mutating func readMoment() -> ZoneRule.YearlyMoment? {
    guard let day = readDay() else { return nil }
    guard skip("/") else { return ZoneRule.YearlyMoment(day: day, seconds: 2 * 3600) }
    return readTime(hours: 0...167).map { ZoneRule.YearlyMoment(day: day, seconds: $0) }
  }

  private mutating func readDay() -> YearlyDay? {
    if skip("J") { return readNumber(in: 1...365).map { .ordinaryDay($0) } }
    guard skip("M") else { return readNumber(in: 0...365).map { .day($0) } }
    guard let month = readNumber(in: 1...12), skip("."), let week = readNumber(in: 1...5), skip("."),
      let weekday = readNumber(in: 0...6)
    else { return nil }
    return .weekday(weekday, week: week, month: month)
  }

  /// Hours, and minutes and seconds if they are there.
  private mutating func readTime(hours: ClosedRange<Int>) -> Int? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hour = readNumber(in: hours) else { return nil }
    var seconds = hour * 3600
    for unit in [60, 1] where skip(":") {
      guard let number = readNumber(in: 0...59) else { return nil }
      seconds += number * unit
    }
    return isNegative ? -seconds : seconds
  }

  private mutating func readNumber(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { 0x30...0x39 ~= $0 }
    guard 1...3 ~= digits.count else { return nil }
    rest = rest[digits.endIndex...]
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return range.contains(number) ? number : nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
