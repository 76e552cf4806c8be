// How the things of the ledger are spelt in our answers.
package import JSON
package import Ledger

extension JSONWriter {
  package mutating func instant(_ instant: Instant) {
    var quoted = InlineArray<29, UInt8>(repeating: 0x22)
    let text = instant.rfc3339Bytes
    for index in text.indices { quoted[index + 1] = text[index] }
    raw(quoted.span)
  }

  package mutating func field(_ name: StaticString, _ instant: Instant) {
    key(name)
    self.instant(instant)
  }

  package mutating func field(_ name: StaticString, orNull instant: Instant?) {
    key(name)
    if let instant { self.instant(instant) } else { null() }
  }

  package mutating func field(_ name: StaticString, _ user: UserID) {
    field(name, user.text)
  }

  /// Straight to bytes: an answer about one transaction has half a dozen of them.
  package mutating func uuid(_ bits: UUIDBits) {
    var quoted = InlineArray<38, UInt8>(repeating: 0x22)
    var place = 1
    for digit in 0..<32 {
      if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
        quoted[place] = 0x2D
        place += 1
      }
      let word = digit < 16 ? bits.high : bits.low
      let value = UInt8(truncatingIfNeeded: word >> UInt64((15 - digit % 16) * 4)) & 0xF
      quoted[place] = value < 10 ? 0x30 + value : 0x57 + value
      place += 1
    }
    raw(quoted.span)
  }

  package mutating func field(_ name: StaticString, _ id: some UUIDIdentifier) {
    key(name)
    uuid(id.bits)
  }

  package mutating func field(_ name: StaticString, orNull id: (some UUIDIdentifier)?) {
    key(name)
    if let id { uuid(id.bits) } else { null() }
  }

  /// JSON as it was stored, or null when there is none. The caller vouches for it.
  package mutating func field(_ name: StaticString, rawOrNull json: [UInt8]?) {
    key(name)
    if let json { raw(json.span) } else { null() }
  }
}
