// Reads cron expressions, strictly: what is odd is refused with a reason rather than guessed at.

enum CronReader {
  static let lengthMax = 256
  private static let longestInterval = 366 * 86400

  static func read(_ text: String) throws(CronDefect) -> CronExpression.Schedule {
    guard text.utf8.count <= lengthMax else { throw .tooLong }
    let words = text.split { $0 == " " || $0 == "\t" }
    if let first = words.first, first.hasPrefix("@") { return try macro(words) }
    guard words.count == 5 else { throw .fieldCount(words.count) }
    let times = CronTimes(
      minutes: try selection(words[0], .minute), hours: try selection(words[1], .hour),
      daysOfMonth: try selection(words[2], .dayOfMonth), months: try selection(words[3], .month),
      daysOfWeek: try selection(words[4], .dayOfWeek))
    guard times.everComes else { throw .never }
    return .times(times)
  }

  private static func macro(_ words: [Substring]) throws(CronDefect) -> CronExpression.Schedule {
    if words[0] == "@every" { return .interval(try interval(words.dropFirst().joined(separator: " "))) }
    guard words.count == 1 else { throw .unknownMacro(words.joined(separator: " ")) }
    switch words[0] {
    case "@hourly": return try read("0 * * * *")
    case "@daily", "@midnight": return try read("0 0 * * *")
    case "@weekly": return try read("0 0 * * 0")
    case "@monthly": return try read("0 0 1 * *")
    case "@yearly", "@annually": return try read("0 0 1 1 *")
    case let other: throw .unknownMacro(String(other))
    }
  }

  /// In seconds.
  private static func interval(_ text: String) throws(CronDefect) -> Int {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = text.last.flatMap({ units[$0] }), let count = number(text.dropLast()),
      1...(longestInterval / unit) ~= count
    else { throw .interval(text) }
    return count * unit
  }

  private static func selection(_ word: Substring, _ field: CronField) throws(CronDefect) -> CronSelection {
    var selection = CronSelection(isOpen: word.hasPrefix("*"))
    for item in word.split(separator: ",", omittingEmptySubsequences: false) {
      let (range, step) = try steppedRange(item, field)
      for number in stride(from: range.lowerBound, through: range.upperBound, by: step) {
        selection.insert(field == .dayOfWeek ? number % 7 : number)
      }
    }
    return selection
  }

  private static func steppedRange(
    _ item: Substring, _ field: CronField
  ) throws(CronDefect) -> (range: ClosedRange<Int>, step: Int) {
    let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return (try range(item, field), 1) }
    guard !parts[0].isEmpty, !parts[1].isEmpty else { throw .empty(field) }
    guard parts[0] == "*" || parts[0].contains("-") else { throw .stepWithoutRange(field, String(item)) }
    guard let step = number(parts[1]), 1...(field.range.upperBound - field.range.lowerBound) ~= step else {
      throw .step(field, String(parts[1]))
    }
    return (try range(parts[0], field), step)
  }

  private static func range(_ item: Substring, _ field: CronField) throws(CronDefect) -> ClosedRange<Int> {
    // A star is each day of the week once.
    if item == "*" { return field == .dayOfWeek ? 0...6 : field.range }
    let ends = item.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let first = try value(ends[0], field)
    guard ends.count == 2 else { return first...first }
    var last = try value(ends[1], field)
    // A week that is written FRI-SUN ends with its Sunday.
    if field == .dayOfWeek, last == 0, first > 0, number(ends[1]) == nil { last = 7 }
    guard first <= last else { throw .order(field, String(item)) }
    return first...last
  }

  private static func value(_ text: Substring, _ field: CronField) throws(CronDefect) -> Int {
    guard !text.isEmpty else { throw .empty(field) }
    if let place = field.names.firstIndex(of: text.uppercased()) { return field.range.lowerBound + place }
    guard let number = number(text) else { throw .value(field, String(text)) }
    guard field.range.contains(number) else { throw .outOfRange(field, number) }
    return number
  }

  /// Digits and nothing else, not even a sign.
  private static func number(_ text: Substring) -> Int? {
    guard 1...9 ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int(text)
  }
}
