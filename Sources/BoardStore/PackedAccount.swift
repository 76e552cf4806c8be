// An account as Redis keeps it, in one value, so that one look-up reads all of it. Scripts compare and copy
// the parts as bytes. The revision is a number to them, and therefore a double; a value is two numbers, its
// halves; and of the version they ask only whether there is one.
//
//    0 revision (IEEE double)      8 version         16 balance      24 held      32 totalEarned
//   40 totalSpent                 48 lastTransactionAt               56 earnedAt  64 updatedAt
//   72 how many places on defined boards follow (two bytes)        74 those places, 32 bytes each
//    . the display name, to the end
//
// Eight bytes each, the most significant first; an instant of 0 is none, and an empty name is none. A place:
//
//    0 key of board and period       8 score        16 reachedAt
//   24 how the board is ordered, one byte: 1 if the lowest score is the best, plus 2 if ranks are dense
//   25 how many entries count (seven bytes)
//
// They are in the order of their keys, and only those that are listed: who is on a board has a place there,
// and nobody else, so that nothing but the account decides what has to be in a sorted set. Whoever is not
// listed any more has no place at the next revision.
import Boards
package import Ledger

/// The coding of an account.
package enum PackedAccount {
  static let fixedBytes = 74
  static let slotBytes = 32
  private static let slotsMax = Int(UInt16.max)
  private static let countMask: UInt64 = 1 << 56 - 1

  /// With the places that are listed on these boards.
  package static func bytes(of named: NamedAccount, on boards: ShownBoards = ShownBoards()) -> [UInt8] {
    let account = named.account
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      fixedBytes + slotBytes * account.slots.count + (named.displayName?.utf8.count ?? 0))
    let head = (
      Double(account.revision).bitPattern.bigEndian, account.version.bigEndian, account.balance.bigEndian,
      account.held.bigEndian, account.totalEarned.bigEndian, account.totalSpent.bigEndian,
      (account.lastTransactionAt?.microseconds ?? 0).bigEndian,
      (account.earnedAt?.microseconds ?? 0).bigEndian, account.updatedAt.microseconds.bigEndian,
      // How many places follow, and six bytes too many.
      UInt64(0)
    )
    unsafe withUnsafeBytes(of: head) { unsafe bytes.append(contentsOf: $0.prefix(fixedBytes)) }
    var count = 0
    boards.forEachListed(of: named) { slot, order in
      guard count < slotsMax else { return }
      count += 1
      bytes.append(bigEndian: slot.key.bits)
      bytes.append(bigEndian: slot.score)
      bytes.append(bigEndian: slot.reachedAt.microseconds)
      let entries = UInt64(bitPattern: max(0, slot.count)) & countMask
      bytes.append(bigEndian: UInt64(order.packed) << 56 | entries)
    }
    bytes[fixedBytes - 2] = UInt8(count >> 8)
    bytes[fixedBytes - 1] = UInt8(count & 0xFF)
    if let name = named.displayName { bytes.append(contentsOf: name.utf8) }
    return bytes
  }

  /// How a packed account begins.
  static func bytes(ofRevision revision: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: Double(revision).bitPattern)
    return bytes
  }

  /// From the revision and the instant of the state alone, one behind the other.
  static func stamp(_ bytes: [UInt8]) -> AccountStamp? {
    guard bytes.count == 16, let revision = Int64(exactly: Double(bitPattern: bytes.bigEndianBits(at: 0)))
    else { return nil }
    return AccountStamp(
      revision: revision, updatedAt: Instant(microseconds: bytes.bigEndianInteger(at: 8)))
  }

  /// Nil for bytes that are no account.
  package static func account(_ key: AccountKey, _ bytes: [UInt8]) -> NamedAccount? {
    guard bytes.count >= fixedBytes,
      let revision = Int64(exactly: Double(bitPattern: bytes.bigEndianBits(at: 0)))
    else { return nil }
    let slotCount = Int(bytes[72]) << 8 | Int(bytes[73])
    let nameBegin = fixedBytes + slotBytes * slotCount
    guard bytes.count >= nameBegin else { return nil }
    var account = Account(
      key: key, balance: bytes.bigEndianInteger(at: 16), held: bytes.bigEndianInteger(at: 24),
      totalEarned: bytes.bigEndianInteger(at: 32), totalSpent: bytes.bigEndianInteger(at: 40),
      version: bytes.bigEndianInteger(at: 8), revision: revision,
      lastTransactionAt: instant(bytes.bigEndianInteger(at: 48)),
      earnedAt: instant(bytes.bigEndianInteger(at: 56)),
      updatedAt: Instant(microseconds: bytes.bigEndianInteger(at: 64)))
    if slotCount > 0 { account.slots = BoardSlots(slots(bytes).map(\.slot)) }
    let name = bytes.count > nameBegin ? String(decoding: bytes[nameBegin...], as: UTF8.self) : nil
    return NamedAccount(account, displayName: name)
  }

  /// The places that a packed account has on defined boards, in their order; none for what is no account. How
  /// equal scores are ranked shows only in whether that is dense.
  package static func slots(_ bytes: [UInt8]) -> [ListedSlot] {
    guard bytes.count >= fixedBytes else { return [] }
    let count = Int(bytes[72]) << 8 | Int(bytes[73])
    guard bytes.count >= fixedBytes + slotBytes * count else { return [] }
    return (0..<count).map { index in
      let begin = fixedBytes + slotBytes * index
      let tail = bytes.bigEndianBits(at: begin + 24)
      return ListedSlot(
        slot: BoardSlot(
          key: SlotKey(bits: bytes.bigEndianInteger(at: begin)),
          score: bytes.bigEndianInteger(at: begin + 8),
          reachedAt: Instant(microseconds: bytes.bigEndianInteger(at: begin + 16)),
          count: Int64(tail & countMask)),
        order: BoardOrder(packed: UInt8(tail >> 56)))
    }
  }

  /// The same account without some of its places.
  package static func bytes(_ bytes: [UInt8], without keys: Set<SlotKey>) -> [UInt8] {
    let slots = slots(bytes)
    guard slots.contains(where: { keys.contains($0.slot.key) }) else { return bytes }
    let kept = slots.indices.filter { !keys.contains(slots[$0].slot.key) }
    var result = Array(bytes[..<72])
    result.append(UInt8(kept.count >> 8))
    result.append(UInt8(kept.count & 0xFF))
    for index in kept {
      let begin = fixedBytes + slotBytes * index
      result.append(contentsOf: bytes[begin..<begin + slotBytes])
    }
    result.append(contentsOf: bytes[(fixedBytes + slotBytes * slots.count)...])
    return result
  }

  private static func instant(_ microseconds: Int64) -> Instant? {
    microseconds == 0 ? nil : Instant(microseconds: microseconds)
  }
}

extension BoardOrder {
  fileprivate init(packed: UInt8) {
    self.init(style: packed & 2 == 0 ? .competition : .dense, isAscending: packed & 1 == 1)
  }

  /// What scripts must know of it.
  var packed: UInt8 { (isAscending ? 1 : 0) + (style == .dense ? 2 : 0) }
}
