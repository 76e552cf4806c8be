// Random values, and the same value spelt in another way.
@testable import JSON

extension JSONValue {
  static func random(using random: inout some RandomNumberGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 5 ? 8 : 5), using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .number(JSONNumber(Int64(truncatingIfNeeded: random.next() >> (random.next() & 63))))
    case 3: randomNumber(using: &random)
    case 4: .string(randomText(using: &random))
    case 5:
      .array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in .random(using: &random, depth: depth + 1) })
    case _:
      .object(
        JSONObject(
          (0..<Int.random(in: 0...20, using: &random)).map { index in
            // The number before the blank keeps the names apart.
            JSONObject.Member(
              "\(index) \(randomText(using: &random))", .random(using: &random, depth: depth + 3))
          }))
    }
  }

  private static func randomNumber(using random: inout some RandomNumberGenerator) -> JSONValue {
    let sign = Bool.random(using: &random) ? "-" : ""
    let whole =
      ["0", "7", "10", "9223372036854775808", "123456789012345678901234567890"]
      .randomElement(using: &random) ?? "0"
    let rest = ["", ".0", ".250", "e5", "E-3", ".5e+10"].randomElement(using: &random) ?? ""
    return (try? JSONValue(parsing: Array("\(sign)\(whole)\(rest)".utf8))) ?? .null
  }

  private static func randomText(using random: inout some RandomNumberGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let bound: UInt32 = [0x20, 0x7F, 0x800, 0x10000, 0x110000].randomElement(using: &random) ?? 0x7F
      text.append(Unicode.Scalar(UInt32.random(in: 1..<bound, using: &random)) ?? "\u{301}")
    }
    return String(text)
  }

  /// The same value with the members of every object in another order.
  func shuffled(using random: inout some RandomNumberGenerator) -> JSONValue {
    switch self {
    case .array(let values): return .array(values.map { $0.shuffled(using: &random) })
    case .object(let object):
      let members = object.members.map { JSONObject.Member($0.name, $0.value.shuffled(using: &random)) }
      return .object(JSONObject(members.shuffled(using: &random)))
    case .null, .bool, .number, .string: return self
    }
  }

  /// The same value with blanks, and with some characters escaped that need not be.
  func spelt(using random: inout some RandomNumberGenerator) -> [UInt8] {
    var text = Self.blanks(using: &random)
    switch self {
    case .null, .bool, .number: text += String(decoding: compactBytes, as: UTF8.self)
    case .string(let string): text += Self.quoted(string, using: &random)
    case .array(let values):
      let elements = values.map { String(decoding: $0.spelt(using: &random), as: UTF8.self) }
      text += "[\(Self.blanks(using: &random))\(elements.joined(separator: ","))]"
    case .object(let object):
      let members = object.members.map { member in
        let value = String(decoding: member.value.spelt(using: &random), as: UTF8.self)
        let blanks = Self.blanks(using: &random)
        return "\(blanks)\(Self.quoted(member.name, using: &random))\(blanks):\(value)"
      }
      text += "{\(members.joined(separator: ","))\(Self.blanks(using: &random))}"
    }
    return Array((text + Self.blanks(using: &random)).utf8)
  }

  private static func blanks(using random: inout some RandomNumberGenerator) -> String {
    ["", "", "", " ", "\n", "\t\r\n "].randomElement(using: &random) ?? ""
  }

  private static func quoted(_ text: String, using random: inout some RandomNumberGenerator) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
      if mustEscape || Int.random(in: 0..<4, using: &random) == 0 {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: .random(using: &random))
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
