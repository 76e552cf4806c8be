// Why a text is refused, and where. Strictness is the point: a text that two readers could understand
// differently is refused and never repaired.

package struct JSONError: Error, Sendable, Equatable {
  package enum Reason: Sendable, Equatable, CaseIterable {
    case endOfText, trailingContent, byteOrderMark
    case expectedValue, expectedName, expectedColon, expectedCommaOrEnd
    case repeatedName
    case notUTF8, controlCharacter, badEscape, escapedNUL, unpairedSurrogate
    case badNumber, leadingZero, numberTooLong, exponentTooLarge
    case tooDeep, tooManyValues
  }

  package let reason: Reason
  /// The byte at which it was noticed, counted from 0; the length of the text if that ended too early.
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// The end of a sentence for the caller: "the name is repeated, at byte 17".
  package var phrase: String { "\(reason.phrase), at byte \(offset)" }
}

extension JSONError.Reason {
  package var phrase: String {
    switch self {
    case .endOfText: "the text ends too early"
    case .trailingContent: "something follows the value"
    case .byteOrderMark: "it begins with a byte order mark"
    case .expectedValue: "a value is expected"
    case .expectedName: "a name in quotes is expected"
    case .expectedColon: "a colon is expected"
    case .expectedCommaOrEnd: "a comma or a closing bracket is expected"
    case .repeatedName: "the object has this name twice"
    case .notUTF8: "the bytes are not UTF-8"
    case .controlCharacter: "a control character stands unescaped in a text"
    case .badEscape: "the escape is none of JSON's"
    case .escapedNUL: "the character U+0000 cannot be stored"
    case .unpairedSurrogate: "the escape is half of a surrogate pair"
    case .badNumber: "the number is not well-formed"
    case .leadingZero: "the number has a leading zero"
    case .numberTooLong: "the number has more than \(JSONLimits.numberBytes) bytes"
    case .exponentTooLarge: "the exponent is beyond \(JSONLimits.exponent)"
    case .tooDeep: "objects and arrays are nested too deep"
    case .tooManyValues: "there are too many values"
    }
  }
}
