// Single members out of answers whose form we know: enough to wait for a state, and to count.

enum JSONText {
  /// The first member of this name, if it is a whole number.
  static func number(_ name: String, in text: String) -> Int? {
    value(name, in: text).flatMap { value in Int(value.prefix { $0.isNumber || $0 == "-" }) }
  }

  /// The first member of this name, if it is a text without anything escaped.
  static func text(_ name: String, in text: String) -> String? {
    guard let value = value(name, in: text), value.first == "\"" else { return nil }
    return String(value.dropFirst().prefix { $0 != "\"" })
  }

  /// Whether the first member of this name is there and not null.
  static func has(_ name: String, in text: String) -> Bool {
    value(name, in: text).map { !$0.hasPrefix("null") } ?? false
  }

  private static func value(_ name: String, in text: String) -> Substring? {
    let parts = text.split(separator: "\"\(name)\":", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? parts[1] : nil
  }
}
