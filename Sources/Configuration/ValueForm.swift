// How a kind of value is written: what it is called in the help, what is allowed, how text becomes the value
// and the value text again. A row of the table picks a form, and everything else follows from it.

struct ValueForm<Value: Sendable>: Sendable {
  /// What stands behind the flag in the help: `<duration>`.
  let placeholder: String
  /// Completes the sentence "It must be ...".
  let allowed: String
  /// What a flag without a value means; nothing when it needs one.
  var valueOfBareFlag: String?
  let parse: @Sendable (String) throws(ValueRefusal) -> Value
  /// Text for people; that of a secret is redacted.
  let show: @Sendable (Value) -> String
}

/// Why a text is not a value of the form it should have.
package enum ValueRefusal: Error, Equatable {
  /// It is not what the form allows.
  case notAllowed
  /// It asks for an encrypted connection, which is not there yet: failing is better than an open connection.
  case encryptionNotSupported
  /// It holds a line break or another control character: most often a file with more than one line.
  case controlCharacter
}

extension ValueForm where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> ValueForm {
    ValueForm(
      placeholder: "<number>",
      allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      parse: { text throws(ValueRefusal) in
        guard let quantity = Quantity(text), quantity.unit.isEmpty, range.contains(quantity.number) else {
          throw .notAllowed
        }
        return quantity.number
      },
      show: { String($0) })
  }
}

extension ValueForm where Value == Duration {
  static func duration(_ range: ClosedRange<Duration>) -> ValueForm {
    let (shortest, longest) = (range.lowerBound.text, range.upperBound.text)
    return ValueForm(
      placeholder: "<duration>",
      allowed: "a duration such as 250ms, 30s or 5m, from \(shortest) to \(longest)",
      parse: { text throws(ValueRefusal) in
        guard let duration = Duration(text: text), range.contains(duration) else { throw .notAllowed }
        return duration
      },
      show: { $0.text })
  }
}

extension ValueForm where Value == ByteCount {
  static func size(_ range: ClosedRange<ByteCount>) -> ValueForm {
    ValueForm(
      placeholder: "<size>",
      allowed: "a size such as 64KiB or 1MiB, from \(range.lowerBound) to \(range.upperBound)",
      parse: { text throws(ValueRefusal) in
        guard let size = ByteCount(text: text), range.contains(size) else { throw .notAllowed }
        return size
      },
      show: { $0.description })
  }
}

extension ValueForm where Value == Bool {
  /// A bare flag switches on: `--reuse-port` reads better than `--reuse-port on`.
  static var onOrOff: ValueForm {
    ValueForm(
      placeholder: "[on|off]",
      allowed: "on or off (or true or false)",
      valueOfBareFlag: "on",
      parse: { text throws(ValueRefusal) in
        switch text {
        case "on", "true": true
        case "off", "false": false
        default: throw .notAllowed
        }
      },
      show: { $0 ? "on" : "off" })
  }
}

extension ValueForm
where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  static var choice: ValueForm {
    let names = Value.allCases.map(\.rawValue)
    return ValueForm(
      placeholder: "<" + names.joined(separator: "|") + ">",
      allowed: "one of " + names.joined(separator: ", "),
      parse: { text throws(ValueRefusal) in
        guard let value = Value(rawValue: text) else { throw .notAllowed }
        return value
      },
      show: { $0.rawValue })
  }
}
