// An account as Redis keeps it, in one value, so that one look-up reads all of it. Scripts compare and copy
// the parts as bytes; only the revision is a number to them, and therefore a double.
//
//    0 revision (IEEE double)      8 version         16 balance      24 held      32 totalEarned
//   40 totalSpent                 48 lastTransactionAt               56 earnedAt  64 updatedAt
//   72 the display name, to the end
//
// Eight bytes each, the most significant first; an instant of 0 is none, and an empty name is none.
import Boards
package import Ledger

/// The coding of an account.
package enum PackedAccount {
  static let fixedBytes = 72

  package static func bytes(of named: NamedAccount) -> [UInt8] {
    let account = named.account
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fixedBytes + (named.displayName?.utf8.count ?? 0))
    bytes.append(bigEndian: Double(account.revision).bitPattern)
    bytes.append(bigEndian: account.version)
    bytes.append(bigEndian: account.balance)
    bytes.append(bigEndian: account.held)
    bytes.append(bigEndian: account.totalEarned)
    bytes.append(bigEndian: account.totalSpent)
    bytes.append(bigEndian: account.lastTransactionAt?.microseconds ?? 0)
    bytes.append(bigEndian: account.earnedAt?.microseconds ?? 0)
    bytes.append(bigEndian: account.updatedAt.microseconds)
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
    let account = Account(
      key: key, balance: bytes.bigEndianInteger(at: 16), held: bytes.bigEndianInteger(at: 24),
      totalEarned: bytes.bigEndianInteger(at: 32), totalSpent: bytes.bigEndianInteger(at: 40),
      version: bytes.bigEndianInteger(at: 8), revision: revision,
      lastTransactionAt: instant(bytes.bigEndianInteger(at: 48)),
      earnedAt: instant(bytes.bigEndianInteger(at: 56)),
      updatedAt: Instant(microseconds: bytes.bigEndianInteger(at: 64)))
    let name = bytes.count > fixedBytes ? String(decoding: bytes[fixedBytes...], as: UTF8.self) : nil
    return NamedAccount(account, displayName: name)
  }

  private static func instant(_ microseconds: Int64) -> Instant? {
    microseconds == 0 ? nil : Instant(microseconds: microseconds)
  }
}
