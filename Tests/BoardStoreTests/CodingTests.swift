// Markers and accounts are read exactly as they were written, and nothing else is taken for one.
import BoardStore
import Boards
import Ledger
import TestSupport
import Testing

@Suite struct CodingTests {
  @Test func `a marker is read as it was written`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<1_000 {
      let bits = UUIDBits(high: random.next(), low: random.next())
      let marker = MirrorMarker(
        incarnation: LedgerIncarnation(
          ledger: bits, systemIdentifier: random.next(),
          databaseOID: UInt32.random(in: 0 ... .max, using: &random),
          timeline: UInt32.random(in: 0 ... .max, using: &random),
          startedAt: Instant(microseconds: Int64.random(in: .min ... .max, using: &random))),
        state: [.complete, .building, .unproven].randomElement(using: &random) ?? .complete,
        position: LedgerPosition(Int64.random(in: 0 ... .max, using: &random), batch: bits))
      #expect(MirrorMarker(marker.bytes) == marker)
      #expect(marker.bytes.starts(with: MirrorMarker.identity(of: marker.incarnation)))
    }
  }

  @Test func `bytes that differ from a marker in one place are another marker or none`() {
    let marker = MirrorMarker(incarnation: World.ledger, state: .complete, position: World.position(12))
    for index in marker.bytes.indices {
      for byte: UInt8 in [0x00, 0x20, 0x2D, 0x30, 0x41, 0x66, 0x67, 0xFF] where byte != marker.bytes[index] {
        var bytes = marker.bytes
        bytes[index] = byte
        #expect(MirrorMarker(bytes) != marker)
      }
      #expect(MirrorMarker(Array(marker.bytes[..<index])) != marker)
    }
    #expect(MirrorMarker(marker.bytes + [0x20]) == nil)
    #expect(MirrorMarker(Array(marker.bytes.dropLast(2)) + Array("9223372036854775808".utf8)) == nil)
  }

  @Test func `an account is read as it was packed`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<1_000 {
      func number() -> Int64 { Int64.random(in: 0 ... .max, using: &random) }
      func time() -> Instant? { Bool.random(using: &random) ? nil : Instant(microseconds: max(1, number())) }
      let account = Account(
        key: World.key("u"), balance: number(), held: number(), totalEarned: number(), totalSpent: number(),
        version: number(), revision: Int64.random(in: 0...1 << 53, using: &random),
        lastTransactionAt: time(), earnedAt: time(), updatedAt: Instant(microseconds: number()))
      let named = NamedAccount(
        account, displayName: ["Ünï 日本", nil, "a"].randomElement(using: &random) ?? nil)
      #expect(PackedAccount.account(account.key, PackedAccount.bytes(of: named)) == named)
    }
    #expect(PackedAccount.account(World.key("u"), Array(repeating: 0, count: 73)) == nil)
    #expect(PackedAccount.account(World.key("u"), Array(repeating: 0xFF, count: 74)) == nil)
  }

  @Test func `places are packed if they are listed, and read as they were packed`() {
    var random = SeededGenerator.forThisRun()
    var world = SlotWorld()
    let boards = ShownBoards(world.boards)
    for _ in 0..<300 {
      let named = world.change("u", periods: -1...2, &random)
      let bytes = PackedAccount.bytes(of: named, on: boards)
      #expect(PackedAccount.account(named.account.key, bytes) == world.mirrored(named))
      let listed = boards.listed(named)
      #expect(PackedAccount.slots(bytes).map(\.slot) == listed.map(\.slot))
      #expect(PackedAccount.slots(bytes).map(\.order.isAscending) == listed.map(\.order.isAscending))
      let gone = Set(listed.map(\.slot.key).filter { _ in Bool.random(using: &random) })
      var fewer = world.mirrored(named)
      for key in gone { fewer.account.slots[key] = nil }
      #expect(PackedAccount.account(named.account.key, PackedAccount.bytes(bytes, without: gone)) == fewer)
      let cut = Array(bytes[..<min(bytes.count, 74 + 32 * listed.count - 1)])
      #expect(listed.isEmpty || PackedAccount.account(named.account.key, cut) == nil)
    }
  }

  @Test func `an account without places grows by two bytes`() {
    #expect(PackedAccount.bytes(of: World.account("u", 1, name: nil)).count == 74)
  }

  @Test func `an empty name is no name`() {
    let packed = PackedAccount.bytes(of: World.account("u", 1, name: ""))
    #expect(PackedAccount.account(World.key("u"), packed) == World.account("u", 1, name: nil))
  }

  @Test func `all keys of a type share one hash tag`() {
    let keys = MirrorKeys(World.gold, epoch: 12)
    let tag = "points:3:{0000000000000001ffffffffffffffff}:"
    let names = [keys.accounts, keys.balance, keys.earned, keys.sums].map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(names == ["accounts", "balance", "earned", "sums"].map { "\(tag)12:\($0)" })
    #expect(String(decoding: MirrorKeys.epochs(of: World.gold), as: UTF8.self) == "\(tag)epochs")
  }
}
