// Swift source, split into code and string literals just well enough for the rules: comments and the inside
// of strings become blanks in the code, so that a rule about code cannot trip over a sentence. What stands
// inside an interpolation counts as part of its string. Regex literals are not known: an odd quote or
// backtick in one spoils the rest of its line and no more.

struct SwiftText {
  /// The code with comments and strings blanked; lines keep their numbers.
  private(set) var codeLines: [String] = []
  private(set) var strings: [(line: Int, text: String)] = []

  private var code: [UInt8] = []
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    while position < bytes.count { step() }
    codeLines = String(decoding: code, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func step() {
    if starts(with: "//") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank() }
    } else if starts(with: "/*") {
      skipBlockComment()
    } else if starts(with: "`") {
      repeat { keep() } while position < bytes.count && !starts(with: "`") && !starts(with: "\n")
      keep()
    } else if let hashes = literalStart() {
      takeString(hashes)
    } else {
      keep()
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank()
      } else if starts(with: "*/") {
        depth -= 1
        blank()
      }
      blank()
    } while depth > 0 && position < bytes.count
  }

  /// The number of `#` before the quote of a string literal that starts here.
  private func literalStart() -> Int? {
    let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
    let quote = position + hashes
    return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
  }

  private mutating func takeString(_ hashes: Int) {
    let marks = String(repeating: "#", count: hashes)
    let quotes = starts(with: marks + "\"\"\"") ? "\"\"\"" : "\""
    let start = line
    for _ in 0..<(hashes + quotes.count) { blank() }
    let first = position
    while position < bytes.count, !starts(with: quotes + marks), quotes.count > 1 || !starts(with: "\n") {
      if starts(with: "\\" + marks + "(") {
        skipInterpolation(hashes)
      } else if starts(with: "\\" + marks) {
        for _ in 0..<(hashes + 2) { blank() }
      } else {
        blank()
      }
    }
    strings.append((start, String(decoding: bytes[first..<min(position, bytes.count)], as: UTF8.self)))
    for _ in 0..<(hashes + quotes.count) { blank() }
  }

  private mutating func skipInterpolation(_ hashes: Int) {
    for _ in 0..<(hashes + 1) { blank() }
    var depth = 0
    repeat {
      if let hashes = literalStart() {
        takeString(hashes)
        continue
      }
      if starts(with: "(") { depth += 1 }
      if starts(with: ")") { depth -= 1 }
      blank()
    } while depth > 0 && position < bytes.count
  }

  private func starts(with text: String) -> Bool {
    bytes[min(position, bytes.count)...].starts(with: text.utf8)
  }

  private mutating func keep() {
    guard position < bytes.count else { return }
    code.append(bytes[position])
    advance()
  }

  private mutating func blank() {
    guard position < bytes.count else { return }
    code.append(bytes[position] == UInt8(ascii: "\n") ? bytes[position] : UInt8(ascii: " "))
    advance()
  }

  private mutating func advance() {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }
}
