// Whole numbers as callers may write them: one spelling for each number.

extension Int64 {
  /// Reads what we also write: digits with an optional minus sign. Unlike the standard reading it takes no
  /// plus sign and no leading zeros, so one number has one spelling.
  init?(strictDecimal text: String) {
    let digits = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
    guard let first = digits.first, digits.allSatisfy(\.isDigit) else { return nil }
    guard first != 0x30 || text.utf8.count == 1 else { return nil }
    self.init(text)
  }
}
