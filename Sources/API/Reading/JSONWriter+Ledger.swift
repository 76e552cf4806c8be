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

  package mutating func uuid(_ bits: UUIDBits) {
    uuid(high: bits.high, low: bits.low)
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
