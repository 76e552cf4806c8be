// Where the next page begins, as a text that callers hand back without looking into it: a digit for its form,
// the place in hexadecimal, and a digest of what was asked, so that the cursor of one question is not taken
// for that of another. It guards against mistakes, not against malice: whoever forges one sees nothing but
// another page.
import Cryptography
import HTTPServer
import Ledger

struct PageCursor {
  private static let form = "2"
  /// A user's id, and the digest, in two digits a byte.
  static let textBytesMax = 1 + 2 * UserID.longest + 16

  let text: String

  init(_ place: [UInt8], of question: [String]) {
    var digits: [UInt8] = []
    for byte in place { digits.append(hexadecimal: UInt64(byte), digits: 2) }
    text = Self.form + String(decoding: digits, as: UTF8.self) + Self.digest(of: question).hexadecimal
  }

  init(_ numbers: [UInt64], of question: [String]) {
    self.init(
      numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } },
      of: question)
  }

  /// The place that a text says; nil if it is no cursor of this question.
  static func place(in text: String, of question: [String]) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, bytes.count % 2 == 1, text.utf8.starts(with: form.utf8),
      UInt64(hexadecimal: bytes.span.extracting((bytes.count - 16)...)) == digest(of: question)
    else { return nil }
    var place: [UInt8] = []
    for first in stride(from: 1, to: bytes.count - 16, by: 2) {
      guard let byte = UInt64(hexadecimal: bytes.span.extracting(first..<first + 2)) else { return nil }
      place.append(UInt8(truncatingIfNeeded: byte))
    }
    return place
  }

  /// The same for a place of so many numbers.
  static func numbers(_ count: Int, in text: String, of question: [String]) -> [UInt64]? {
    guard let place = place(in: text, of: question), place.count == 8 * count else { return nil }
    return (0..<count).map { index in
      place[8 * index..<8 * index + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// The same for a place of one number of 32 bits, which callers must have from us.
  static func number(in text: String, of question: [String]) throws(Problem) -> Int32 {
    guard let numbers = numbers(1, in: text, of: question), let number = Int32(exactly: numbers[0]) else {
      throw .strangeCursor
    }
    return number
  }

  private static func digest(of question: [String]) -> UInt64 {
    var digest = DigestBuilder()
    for part in question { digest.add(part: part.utf8.span) }
    return digest.finish().words.0
  }
}

extension QueryReader {
  mutating func optionalCursor() throws(Problem) -> String? {
    try optionalString("cursor", bytes: PageCursor.textBytesMax)
  }
}

extension Problem {
  static var strangeCursor: Problem {
    Problem(
      .validationFailed, "The parameter \"cursor\" is not one that was given for this very query.",
      members: [.text("field", "cursor")])
  }
}
