// The forms of the ledger's settings: amounts that may be left out, lists of names, and seeds of keys.

extension ValueForm where Value == Int64? {
  static var optionalAmount: ValueForm {
    ValueForm(
      placeholder: "<number>",
      allowed: "a whole number from 1 to \(Int64.max), or nothing",
      parse: { text throws(ValueRefusal) in
        if text.isEmpty { return nil }
        guard let quantity = Quantity(text), quantity.unit.isEmpty, quantity.number > 0 else {
          throw .notAllowed
        }
        return Int64(quantity.number)
      },
      show: { $0.map(String.init) ?? "" })
  }
}

extension ValueForm where Value == [String] {
  private static var countMax: Int { 256 }
  private static var bytesMax: Int { 64 }

  /// Names with commas between them. Blanks around a name are no part of it. Names are told apart by their
  /// bytes, as everywhere, so an ASCII alphabet keeps two that look alike from being two.
  static var names: ValueForm {
    ValueForm(
      placeholder: "<names>",
      allowed:
        "up to \(countMax) different names with commas between them, each of 1 to \(bytesMax) letters, "
        + "digits, hyphens, underscores, dots or colons",
      parse: { text throws(ValueRefusal) in
        if text.isEmpty { return [] }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        guard names.count <= countMax, Set(names).count == names.count, names.allSatisfy(isName) else {
          throw .notAllowed
        }
        return names
      },
      show: { $0.joined(separator: ",") })
  }

  private static func trimmed(_ part: Substring) -> String {
    let start = part.drop { $0 == " " }
    let end = start.lastIndex { $0 != " " }
    return end.map { String(start[...$0]) } ?? ""
  }

  private static func isName(_ text: String) -> Bool {
    (1...bytesMax).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: ":"):
          true
        case _: false
        }
      }
  }
}

extension ValueForm where Value == Secret {
  /// 43 characters hold two bits more than 32 bytes: those are zero, so that a key has one text only.
  static var seed: ValueForm {
    ValueForm(
      placeholder: "<secret>",
      allowed: "32 bytes in base64url, which are 43 letters, digits, hyphens and underscores",
      parse: { text throws(ValueRefusal) in
        let lastOnes = Array("AEIMQUYcgkosw048".utf8)
        guard text.utf8.count == 43, text.utf8.allSatisfy(isOfBase64URL),
          let last = text.utf8.last, lastOnes.contains(last)
        else { throw .notAllowed }
        return Secret(text)
      },
      show: { $0.revealed.isEmpty ? "" : "***" })
  }

  private static func isOfBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    case _: false
    }
  }
}
