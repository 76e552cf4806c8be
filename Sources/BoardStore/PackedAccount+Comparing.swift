// What a packed account says of one board, read where it lies: whoever compares a million of them builds not
// one of them.
import Boards
import Ledger

extension PackedAccount {
  /// After how many transactions it is as it says; nil for bytes that are no account.
  static func version(_ bytes: [UInt8]) -> UInt64? {
    guard bytes.count >= fixedBytes, bytes.count >= fixedBytes + slotBytes * slotCount(bytes) else {
      return nil
    }
    return bytes.bigEndianBits(at: 8)
  }

  /// Whether an account has this score on a board, since then, and as the board is ordered. Who has no
  /// version is not on balance, and who never earned is not on earned.
  static func shows(
    _ place: ToldPlace, on set: MirroredSet, _ order: BoardOrder, _ bytes: [UInt8]
  ) -> Bool {
    switch set {
    case .allTime(.balance): return bytes.bigEndianBits(at: 8) != 0 && shows(place, bytes, at: 16, since: 48)
    case .allTime(.earned): return bytes.bigEndianBits(at: 56) != 0 && shows(place, bytes, at: 32, since: 56)
    case .slot(let key):
      guard let begin = begin(of: key, in: bytes), bytes[begin + 24] == order.packed else { return false }
      return shows(place, bytes, at: begin + 8, since: begin + 16)
    }
  }

  private static func shows(_ place: ToldPlace, _ bytes: [UInt8], at value: Int, since time: Int) -> Bool {
    bytes.bigEndianInteger(at: value) == place.score
      && bytes.bigEndianInteger(at: time) == place.reachedAt.microseconds
  }

  private static func begin(of key: SlotKey, in bytes: [UInt8]) -> Int? {
    let end = fixedBytes + slotBytes * slotCount(bytes)
    return stride(from: fixedBytes, to: end, by: slotBytes).first {
      bytes.bigEndianInteger(at: $0) == key.bits
    }
  }

  private static func slotCount(_ bytes: [UInt8]) -> Int { Int(bytes[72]) << 8 | Int(bytes[73]) }
}
