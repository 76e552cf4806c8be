// What things are called. Every id has a type of its own, so that none is taken for another.

/// Sixteen bytes in two words; its order is that of the bytes.
package struct UUIDBits: Sendable, Hashable, Comparable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  package static func random() -> UUIDBits {
    UUIDBits(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
  }
}

/// An id that is a UUID.
package protocol UUIDIdentifier: Sendable, Hashable, Comparable, CustomStringConvertible {
  var bits: UUIDBits { get }
  init(_ bits: UUIDBits)
}

extension UUIDIdentifier {
  package static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }

  /// The usual text: 8-4-4-4-12 hexadecimal digits in lower case.
  package var description: String { bits.text }

  /// Reads the usual text, in either case.
  package init?(text: String) {
    guard let bits = UUIDBits(text: text) else { return nil }
    self.init(bits)
  }
}

package struct PointTypeID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}

/// Who calls us: a service owns any number of API keys.
package struct ServiceID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}

package struct TransactionID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }

  /// The posting this transaction is a leg of.
  package var posting: PostingID { PostingID(UUIDBits(high: bits.high, low: bits.low & ~PostingID.legMask)) }

  /// Its place in that posting, from 0.
  package var leg: Int { max(Int(bits.low & PostingID.legMask), 1) - 1 }
}

/// A posting's id is ordered by time (UUIDv7) and ends in two zero bytes; its legs carry their number, from 1
/// on, in their place. So the legs of a posting lie side by side in the order of transaction ids.
package struct PostingID: UUIDIdentifier {
  static let legMask: UInt64 = 0xFFFF

  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }

  /// An id of this millisecond; the rest is random.
  package init(at instant: Instant, random: inout some RandomNumberGenerator) {
    let milliseconds = UInt64(max(0, instant.microseconds / 1000)) & 0xFFFF_FFFF_FFFF
    let high = milliseconds << 16 | 0x7000 | random.next() & 0x0FFF
    let low = 0x8000_0000_0000_0000 | random.next() & 0x3FFF_FFFF_FFFF_0000
    bits = UUIDBits(high: high, low: low)
  }

  /// The transaction of the leg at this place, counted from 0.
  package func transaction(leg index: Int) -> TransactionID {
    TransactionID(UUIDBits(high: bits.high, low: bits.low | UInt64(index + 1)))
  }

  /// Whether it could be a posting's id at all.
  package var isWellFormed: Bool { bits.low & Self.legMask == 0 }
}

extension UUIDBits {
  /// 36 characters, or nil for anything else.
  package init?(text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    var words: [UInt64] = [0, 0]
    var digits = 0
    for (place, byte) in bytes.enumerated() {
      if [8, 13, 18, 23].contains(place) {
        guard byte == 0x2D else { return nil }
        continue
      }
      guard let digit = byte.hexadecimalValue else { return nil }
      words[digits / 16] = words[digits / 16] << 4 | digit
      digits += 1
    }
    self.init(high: words[0], low: words[1])
  }

  package var text: String {
    var characters: [UInt8] = []
    characters.reserveCapacity(36)
    for digit in 0..<32 {
      if [8, 12, 16, 20].contains(digit) { characters.append(0x2D) }
      let word = digit < 16 ? high : low
      let value = UInt8(truncatingIfNeeded: word >> UInt64((15 - digit % 16) * 4)) & 0xF
      characters.append(value < 10 ? 0x30 + value : 0x57 + value)
    }
    return String(decoding: characters, as: UTF8.self)
  }
}

/// A board that somebody defined.
package struct BoardID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}

/// Names a schedule by which snapshots are taken.
package struct ScheduleID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}

/// A payout for the ranks of a snapshot.
package struct DistributionID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}

package struct SnapshotID: UUIDIdentifier {
  package let bits: UUIDBits
  package init(_ bits: UUIDBits) { self.bits = bits }
}
