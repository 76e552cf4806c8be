// Strict percent-decoding. A bad escape, a NUL or bytes that are not UTF-8 are refused and never repaired:
// two parts of a system that repair differently see two different names.

enum PercentDecoding {
  /// Decodes one path segment or one side of a query parameter. Raw control bytes cannot occur: the parser
  /// refused them. `place` names the part in errors.
  static func decode(
    _ bytes: Span<UInt8>, plusIsSpace: Bool, place: @autoclosure () -> String
  ) throws(RequestError) -> String {
    guard needsDecoding(bytes, plusIsSpace: plusIsSpace) else {
      guard let text = bytes.validString() else { throw .notUTF8(in: place()) }
      return text
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 0x25 else {
        decoded.append(plusIsSpace && byte == 0x2B ? .space : byte)
        continue
      }
      guard index + 1 < bytes.count, let high = bytes[index].hexValue, let low = bytes[index + 1].hexValue
      else {
        throw .badEscape(in: place())
      }
      guard high | low != 0 else { throw .escapedNUL(in: place()) }
      decoded.append(high << 4 | low)
      index += 2
    }
    guard let text = String(validating: decoded, as: UTF8.self) else { throw .notUTF8(in: place()) }
    return text
  }

  static func needsDecoding(_ bytes: Span<UInt8>, plusIsSpace: Bool) -> Bool {
    for index in bytes.indices where bytes[index] == 0x25 || (plusIsSpace && bytes[index] == 0x2B) {
      return true
    }
    return false
  }
}
