// A number as it was spelt. JSON numbers have no width: what a double cannot hold is kept as text, so nothing
// is rounded between what a caller sent and what we store or refuse.

package struct JSONNumber: Sendable {
  /// Nearly all numbers are integers of 64 bits, whose one spelling can be made again, so no text is kept.
  private enum Storage: Sendable {
    case int64(Int64)
    /// "-0", the one integer with a second spelling.
    case negativeZero
    case largeInteger(String)
    /// With a fraction or an exponent.
    case other(String)
  }

  private let storage: Storage

  package init(_ value: Int64) {
    storage = .int64(value)
  }

  /// `magnitude` is of use only for an integer; nil when it has more than 64 bits.
  init(text: @autoclosure () -> String, magnitude: UInt64?, negative: Bool, isInteger: Bool) {
    guard isInteger else {
      storage = .other(text())
      return
    }
    switch (magnitude, negative) {
    case (0, true): storage = .negativeZero
    case (let magnitude?, false) where magnitude <= UInt64(Int64.max): storage = .int64(Int64(magnitude))
    case (let magnitude?, true) where magnitude <= UInt64(Int64.max) + 1:
      storage = .int64(Int64(truncatingIfNeeded: 0 &- magnitude))
    case _: storage = .largeInteger(text())
    }
  }

  /// The value of an integer of 64 bits that was spelt without a fraction or an exponent.
  package var int64: Int64? {
    switch storage {
    case .int64(let value): value
    case .negativeZero: 0
    case .largeInteger, .other: nil
    }
  }

  /// Whether it was spelt without a fraction or an exponent. An integer whose `int64` is nil is too large.
  package var isInteger: Bool {
    switch storage {
    case .int64, .negativeZero, .largeInteger: true
    case .other: false
    }
  }

  /// The number as it was sent.
  package var text: String {
    switch storage {
    case .int64(let value): "\(value)"
    case .negativeZero: "-0"
    case .largeInteger(let text), .other(let text): text
    }
  }

  func append(to bytes: inout GrowingBytes) {
    switch storage {
    case .int64(let value): bytes.appendDecimal(value.magnitude, negative: value < 0)
    case .negativeZero: bytes.appendDecimal(0, negative: true)
    case .largeInteger(let text), .other(let text): bytes.append(copying: text.utf8.span)
    }
  }
}
