// What a request asks for, as it is fingerprinted. Blanks, the order of members and the way a point type is
// named do not matter, because what is added here is the request as it was understood. Fingerprints are
// compared with those of years ago: what is added for a field, and in which order, never changes.
private import Boards
private import Cryptography
package import Ledger

package struct RequestContent: Sendable {
  /// What kind of request it is. The raw values are part of fingerprints.
  package enum Operation: Int64, Sendable {
    case award = 1
    case deduct, post, reverseTransaction, reversePosting, distribution
  }

  /// Everything that was added, with its field, its leg and its length: no two requests give the same bytes.
  private var bytes: [UInt8] = []
  /// A running checksum of what was added to each field. It only has to name a differing field for a person;
  /// it is the digest of `bytes` that tells requests apart.
  private var checksums = InlineArray<19, UInt64>(repeating: 0xCBF2_9CE4_8422_2325)
  private var leg: UInt16 = 0

  package init(_ operation: Operation) {
    bytes.reserveCapacity(256)
    add(.operation, operation.rawValue)
  }

  /// What is added from here on belongs to the next leg.
  package mutating func beginLeg() {
    leg += 1
  }

  package mutating func add(_ field: RequestFingerprint.Field, _ value: Int64?) {
    guard let value else { return }
    begin(field, count: 8)
    add(UInt64(bitPattern: value), to: field)
  }

  package mutating func add(_ field: RequestFingerprint.Field, _ id: UUIDBits) {
    begin(field, count: 16)
    add(id.high, to: field)
    add(id.low, to: field)
  }

  /// Absent and empty are two.
  package mutating func add(_ field: RequestFingerprint.Field, _ text: String?) {
    guard let text else { return }
    add(field, bytes: text.utf8.span)
  }

  package mutating func add(_ field: RequestFingerprint.Field, bytes value: Span<UInt8>) {
    begin(field, count: value.count)
    let place = field.place
    var checksum = checksums[place]
    for index in value.indices { Self.mix(value[index], into: &checksum) }
    checksums[place] = checksum
    unsafe value.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  var fingerprint: RequestFingerprint {
    let words = Digest(of: bytes.span).words
    let length = RequestFingerprint.wholeLength + 2 * checksums.count
    let fingerprint = [UInt8](capacity: length) { bytes in
      for place in 0..<16 as Range<UInt64> {
        let word = place < 8 ? words.0 : words.1
        bytes.append(UInt8(truncatingIfNeeded: word >> (56 - place % 8 * 8)))
      }
      for place in checksums.indices {
        let sum = checksums[place]
        let folded = sum ^ sum >> 16 ^ sum >> 32 ^ sum >> 48
        bytes.append(UInt8(truncatingIfNeeded: folded >> 8))
        bytes.append(UInt8(truncatingIfNeeded: folded))
      }
    }
    return RequestFingerprint(bytes: fingerprint)
  }

  // MARK: Framing

  private mutating func begin(_ field: RequestFingerprint.Field, count: Int) {
    bytes.append(UInt8(field.place))
    add(UInt64(leg) << 32 | UInt64(UInt32(count)), to: field)
  }

  private mutating func add(_ word: UInt64, to field: RequestFingerprint.Field) {
    let place = field.place
    var checksum = checksums[place]
    for shift in stride(from: 56 as UInt64, through: 0, by: -8) {
      Self.mix(UInt8(truncatingIfNeeded: word >> shift), into: &checksum)
    }
    checksums[place] = checksum
    bytes.append(bigEndian: word)
  }

  /// FNV-1a of 64 bits: the same on every machine and in every process, unlike that of the standard library.
  private static func mix(_ byte: UInt8, into checksum: inout UInt64) {
    checksum = (checksum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}

extension RequestFingerprint.Field {
  /// Its place among the fields of a fingerprint.
  fileprivate var place: Int {
    switch self {
    case .operation: 0
    case .transaction: 1
    case .legs: 2
    case .type: 3
    case .userId: 4
    case .pointType: 5
    case .amount: 6
    case .allowPartial: 7
    case .kind: 8
    case .category: 9
    case .reason: 10
    case .description: 11
    case .actor: 12
    case .validatorId: 13
    case .relatedTo: 14
    case .tournamentId: 15
    case .registrationId: 16
    case .occurredAt: 17
    case .metadata: 18
    }
  }
}
