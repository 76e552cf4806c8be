// The kinds of single values that routes take.
package import HTTPServer
import JSON
package import Ledger

extension RequestBody {
  // MARK: Texts

  /// A text of 1 to so many bytes of UTF-8. Control characters (C0, DEL, C1) are refused, except line feed
  /// and tab, for people write lists; with `singleLine`, for names, these too.
  package mutating func string(
    _ name: String, bytes longest: Int, singleLine: Bool = false
  ) throws(Problem) -> String {
    let text = try required(name, optionalString(name, bytes: longest, singleLine: singleLine))
    guard !text.isEmpty else { throw problem(name, "must not be empty") }
    return text
  }

  /// A text of at most so many bytes of UTF-8, which may be empty.
  package mutating func optionalString(
    _ name: String, bytes longest: Int, singleLine: Bool = false
  ) throws(Problem) -> String? {
    guard let text = try text(name) else { return nil }
    guard text.utf8.count <= longest else {
      throw problem(name, "must have at most \(longest) bytes of UTF-8")
    }
    guard !text.hasControl(singleLine ? { _ in true } : { $0 != 0x09 && $0 != 0x0A }) else {
      let exception = singleLine ? "" : " other than line feed and tab"
      throw problem(name, "must not have control characters\(exception)")
    }
    return text
  }

  /// Any text at all; the caller checks it.
  mutating func text(_ name: String) throws(Problem) -> String? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value else { throw problem(name, "must be a text") }
    return text
  }

  // MARK: Ids

  package mutating func userID(_ name: String) throws(Problem) -> UserID {
    try required(name, optionalUserID(name))
  }

  package mutating func optionalUserID(_ name: String) throws(Problem) -> UserID? {
    guard let text = try text(name) else { return nil }
    guard let user = UserID(text) else { throw problem(name, "must be \(UserID.rule)") }
    return user
  }

  // MARK: Numbers

  /// An amount of points: a whole number from 1 to 2^63-1, spelt with digits alone. Whatever else there is,
  /// or is not, is `invalid_amount`.
  package mutating func amount(_ name: String) throws(Problem) -> Int64 {
    guard let amount = try optionalAmount(name) else {
      throw problem(name, "is required: the amount of points", code: .invalidAmount)
    }
    return amount
  }

  package mutating func optionalAmount(_ name: String) throws(Problem) -> Int64? {
    guard let value = value(name) else { return nil }
    guard case .number(let number) = value else {
      throw problem(name, "must be a number, written without quotes", code: .invalidAmount)
    }
    guard number.isInteger else {
      throw problem(name, "must be a whole number, without decimals or exponent", code: .invalidAmount)
    }
    guard !number.isNegative else {
      throw problem(name, "must be positive: what it does is said by the route", code: .invalidAmount)
    }
    guard let amount = number.int64 else {
      throw problem(name, "must be at most \(Int64.max)", code: .invalidAmount)
    }
    guard amount > 0 else { throw problem(name, "must be at least 1", code: .invalidAmount) }
    return amount
  }

  package mutating func integer(_ name: String, in allowed: ClosedRange<Int64>) throws(Problem) -> Int64 {
    try required(name, optionalInteger(name, in: allowed))
  }

  package mutating func optionalInteger(
    _ name: String, in allowed: ClosedRange<Int64>
  ) throws(Problem) -> Int64? {
    guard let value = value(name) else { return nil }
    guard case .number(let number) = value, let integer = number.int64, allowed.contains(integer) else {
      throw problem(name, "must be a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
    return integer
  }

  // MARK: Truth and time

  package mutating func bool(_ name: String) throws(Problem) -> Bool {
    try required(name, optionalBool(name))
  }

  package mutating func optionalBool(_ name: String) throws(Problem) -> Bool? {
    guard let value = value(name) else { return nil }
    guard case .bool(let flag) = value else { throw problem(name, "must be true or false") }
    return flag
  }

  /// An instant of RFC 3339; what is finer than a microsecond is cut off.
  package mutating func optionalInstant(_ name: String) throws(Problem) -> Instant? {
    guard let text = try text(name) else { return nil }
    guard let instant = Instant(rfc3339: text) else { throw problem(name, "must be \(Instant.rule)") }
    return instant
  }
}

extension UserID {
  static var rule: String { "a text of 1 to \(longest) bytes of UTF-8 without control characters" }
}

extension Instant {
  static var rule: String { "an instant like 2026-01-31T12:00:00Z (RFC 3339)" }
}

extension JSONNumber {
  fileprivate var isNegative: Bool {
    if let int64 { return int64 < 0 }
    return text.utf8.first == 0x2D
  }
}

extension String {
  /// Whether it holds a control character of which this holds.
  func hasControl(_ isRefused: (UInt32) -> Bool) -> Bool {
    unicodeScalars.contains { scalar in
      (scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value) && isRefused(scalar.value)
    }
  }
}
