// The marker lies beside the data of a mirror and says what they are. It is read with every answer: without
// it an emptied Redis would look like a small healthy board. It rolls back together with the data, so that
// what was lost is known.
//
//   2 <ledger> <system> <database> <timeline> <start of the server> <c, b or u> <batch> <position>
//
// All but the position have a fixed width, so that a reader compares the identity in front as bytes.
package import Ledger

/// What the data of one epoch are a mirror of, and how far.
package struct MirrorMarker: Sendable, Equatable {
  package enum State: UInt8, Sendable {
    case complete = 0x63
    case building = 0x62
    /// It was complete when Postgres was started anew. Whether it holds what that lost is being looked into.
    case unproven = 0x75

    /// Why a mirror in this state is not read.
    var reason: MirrorUnavailable { self == .unproven ? .unproven : .building }
  }

  package var incarnation: LedgerIncarnation
  package var state: State
  package var position: LedgerPosition

  package init(incarnation: LedgerIncarnation, state: State, position: LedgerPosition) {
    self.incarnation = incarnation
    self.state = state
    self.position = position
  }

  static let identityLength = 87

  /// What a marker of this incarnation begins with.
  package static func identity(of incarnation: LedgerIncarnation) -> [UInt8] {
    var bytes = Array("2 ".utf8)
    bytes.reserveCapacity(128)
    bytes.append(contentsOf: [UInt8].hexadecimal(incarnation.ledger))
    bytes.append(0x20)
    bytes.append(hexadecimal: incarnation.systemIdentifier, digits: 16)
    bytes.append(0x20)
    bytes.append(hexadecimal: UInt64(incarnation.databaseOID), digits: 8)
    bytes.append(0x20)
    bytes.append(hexadecimal: UInt64(incarnation.timeline), digits: 8)
    bytes.append(0x20)
    bytes.append(hexadecimal: UInt64(bitPattern: incarnation.startedAt.microseconds), digits: 16)
    bytes.append(0x20)
    return bytes
  }

  package var bytes: [UInt8] {
    var bytes = Self.identity(of: incarnation)
    bytes.append(state.rawValue)
    bytes.append(0x20)
    bytes.append(contentsOf: [UInt8].hexadecimal(position.batch))
    bytes.append(contentsOf: " \(position.number)".utf8)
    return bytes
  }

  /// Nil for bytes that are not exactly what a marker is written as.
  package init?(_ bytes: [UInt8]) {
    guard let ledgerHigh = bytes.hexadecimal(at: 2, digits: 16),
      let ledgerLow = bytes.hexadecimal(at: 18, digits: 16),
      let system = bytes.hexadecimal(at: 35, digits: 16),
      let database = bytes.hexadecimal(at: 52, digits: 8),
      let timeline = bytes.hexadecimal(at: 61, digits: 8),
      let start = bytes.hexadecimal(at: 70, digits: 16),
      let tail = MarkerTail(bytes)
    else { return nil }
    incarnation = LedgerIncarnation(
      ledger: UUIDBits(high: ledgerHigh, low: ledgerLow), systemIdentifier: system,
      databaseOID: UInt32(truncatingIfNeeded: database), timeline: UInt32(truncatingIfNeeded: timeline),
      startedAt: Instant(microseconds: Int64(bitPattern: start)))
    state = tail.state
    position = tail.position
    guard self.bytes == bytes else { return nil }
  }
}

/// What follows the identity: all that a reader needs, once the identity is the expected one.
struct MarkerTail {
  let state: MirrorMarker.State
  let position: LedgerPosition

  init?(_ bytes: [UInt8]) {
    let begin = MirrorMarker.identityLength
    guard bytes.count > begin + 35, let state = MirrorMarker.State(rawValue: bytes[begin]),
      let high = bytes.hexadecimal(at: begin + 2, digits: 16),
      let low = bytes.hexadecimal(at: begin + 18, digits: 16)
    else { return nil }
    var number: Int64 = 0
    for byte in bytes[(begin + 35)...] {
      guard case 0x30...0x39 = byte else { return nil }
      let (tens, isTooMuch) = number.multipliedReportingOverflow(by: 10)
      let (sum, isTooMany) = tens.addingReportingOverflow(Int64(byte - 0x30))
      guard !isTooMuch, !isTooMany else { return nil }
      number = sum
    }
    self.state = state
    position = LedgerPosition(number, batch: UUIDBits(high: high, low: low))
  }
}
