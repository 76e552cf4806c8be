// Defined boards of a type, and accounts with places on them.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport

/// One board of each style and direction, with conditions and without.
struct SlotWorld {
  static let period: Int32 = 20_650
  static let magnitudes: [Int64] = [
    -4_607_182_418_800_017_408, -5, 0, 1_000, 1 << 53 - 5, 1 << 62 - 5, .max - 20,
  ]

  var boards: [LiveBoard] = []
  private(set) var accounts: [String: NamedAccount] = [:]

  init() {
    for style in RankStyle.allCases {
      for isAscending in [false, true] {
        for eligibility in [Eligibility(), Eligibility(minScore: -5, minCount: 2, enabledOnly: true)] {
          boards.append(
            LiveBoard(
              number: Int32(boards.count + 1), order: BoardOrder(style: style, isAscending: isAscending),
              eligibility: eligibility))
        }
      }
    }
  }

  /// The boards of one period.
  func mirrored(_ period: Int32 = Self.period) -> [MirrorBoard] {
    boards.map { .slot(SlotKey(board: $0.number, period: period), $0.order) }
  }

  /// Another state of a user.
  mutating func change(
    _ user: String, periods: ClosedRange<Int32> = period...period, _ random: inout SeededGenerator
  ) -> NamedAccount {
    var named = accounts[user] ?? World.account(user, 0, revision: 0, name: user)
    named.account.revision += 1
    named.account.balance = Int64.random(in: 0...9, using: &random)
    named.isEnabled = Int.random(in: 0..<4, using: &random) > 0
    for board in boards {
      for period in periods where Bool.random(using: &random) {
        let key = SlotKey(board: board.number, period: period)
        named.account.slots[key] =
          Int.random(in: 0..<8, using: &random) == 0 ? nil : Self.slot(key, &random)
      }
    }
    accounts[user] = named
    return named
  }

  private static func slot(_ key: SlotKey, _ random: inout SeededGenerator) -> BoardSlot {
    let base = magnitudes.randomElement(using: &random) ?? 0
    return BoardSlot(
      key: key, score: base + Int64.random(in: 0...4, using: &random),
      reachedAt: Instant(microseconds: Int64.random(in: 1...9, using: &random)),
      count: Int64.random(in: 0...3, using: &random))
  }

  /// The accounts as a mirror has them: with the places that are listed.
  var mirroredAccounts: [NamedAccount] { accounts.values.map { mirrored($0) } }

  func mirrored(_ named: NamedAccount) -> NamedAccount {
    let shown = ShownBoards(boards)
    var named = named
    named.account.slots = BoardSlots(shown.listed(named).map(\.slot))
    named.isEnabled = true
    return named
  }
}

extension ShownBoards {
  func listed(_ named: NamedAccount) -> [ListedSlot] {
    var listed: [ListedSlot] = []
    forEachListed(of: named) { listed.append(ListedSlot(slot: $0, order: $1)) }
    return listed
  }
}

extension BoardStore {
  func show(_ world: SlotWorld) { show([World.gold: world.boards], upTo: Int32(world.boards.count)) }

  /// The names of all keys, but for the part that all of a type share.
  func keyNames() async -> Set<String> {
    guard case .value(.array(let keys)) = await redis.command("KEYS", "*") else { return [] }
    return Set(
      keys.compactMap { key in
        key.bytes.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "}:").last.map(String.init)
      })
  }
}
