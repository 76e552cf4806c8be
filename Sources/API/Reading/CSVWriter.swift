// Tables for spreadsheets: RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in
// front, for whoever wrote it may have meant harm to whoever opens it.

struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var isAtLineStart = true

  /// Nothing stands for what there is not.
  mutating func line(_ cells: [String?]) {
    for text in cells { cell(text) }
    bytes.append(contentsOf: [0x0D, 0x0A])
    isAtLineStart = true
  }

  /// Hands out what was written and begins anew.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func cell(_ text: String?) {
    if !isAtLineStart { bytes.append(Self.comma) }
    isAtLineStart = false
    guard let text else { return }
    let isFormula = Self.looksLikeFormula(text)
    guard text.utf8.contains(where: Self.needsQuotes) else {
      if isFormula { bytes.append(Self.apostrophe) }
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(Self.quote)
    if isFormula { bytes.append(Self.apostrophe) }
    for byte in text.utf8 {
      if byte == Self.quote { bytes.append(Self.quote) }
      bytes.append(byte)
    }
    bytes.append(Self.quote)
  }

  private static let comma: UInt8 = 0x2C
  private static let quote: UInt8 = 0x22
  private static let apostrophe: UInt8 = 0x27

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == comma || byte == quote || byte == 0x0A || byte == 0x0D
  }

  /// Begins with = + - @, a tab or a line's end, and is not merely a number.
  private static func looksLikeFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D].contains(first) else {
      return false
    }
    let isSigned = first == 0x2B || first == 0x2D
    return !(isSigned && isNumber(text.utf8.dropFirst()))
  }

  /// Digits, perhaps with one point among them.
  private static func isNumber(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, (0x30...0x39).contains(first) else { return false }
    return text.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } && text.count { $0 == 0x2E } <= 1
  }
}
