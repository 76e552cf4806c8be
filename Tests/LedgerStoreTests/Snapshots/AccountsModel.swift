// Random accounts, written into the database by themselves and known here as well: small numbers everywhere,
// so that scores, instants and limits meet.
import Ledger
import LedgerStore
import TestSupport

struct AccountsModel {
  struct Member {
    let user: UserID
    var balance: Int64
    var earned: Int64
    var earnedAt: Int64?
    var lastAt: Int64
    var version: Int64
    var isEnabled: Bool
    /// By the bits of their keys: score, since when, how many entries.
    var slots: [Int64: (score: Int64, reachedAt: Int64, count: Int64)]
  }

  var members: [Member] = []
  /// In any order.
  var standings: [(user: UserID, since: Int64, isEnabled: Bool)] = []

  /// The slots that accounts may have.
  static let slots = [
    SlotKey(board: 1, period: -1), SlotKey(board: 1, period: 2), SlotKey(board: 7, period: 0),
  ]
  /// What is asked about standings.
  static let end: Int64 = 1_800_000_000_000_000
  private static let beginning: Int64 = 1_700_000_000_000_000

  init(count: Int, random: inout SeededGenerator) {
    for number in 0..<count { members.append(Self.member(number, &random)) }
    for member in members where Int.random(in: 0..<4, using: &random) == 0 {
      // Some change their standing at the very instant, or just before it.
      for offset in Set((0..<3).map { _ in Int64.random(in: -3...2, using: &random) }) {
        standings.append((member.user, Self.end + offset, Bool.random(using: &random)))
      }
    }
  }

  private static func member(_ number: Int, _ random: inout SeededGenerator) -> Member {
    let spelling =
      ["a", "B", "é", "e\u{301}", "Z", "ä", "😀", "'", "\"", "z,"].randomElement(using: &random) ?? ""
    var slots: [Int64: (score: Int64, reachedAt: Int64, count: Int64)] = [:]
    for key in Self.slots where Int.random(in: 0..<4, using: &random) > 0 {
      slots[key.bits] = (score(&random), instant(&random), Int64.random(in: 0...3, using: &random))
    }
    let earned = Int64.random(in: 0...6, using: &random)
    return Member(
      user: UserID(stored: "\(spelling)\(number)"), balance: Int64.random(in: 0...earned, using: &random),
      earned: earned, earnedAt: Bool.random(using: &random) ? instant(&random) : nil,
      lastAt: instant(&random),
      version: Int64.random(in: 1...9, using: &random), isEnabled: Int.random(in: 0..<5, using: &random) > 0,
      slots: slots)
  }

  private static func score(_ random: inout SeededGenerator) -> Int64 {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: BoardSlotsBounds.lowest
    case 1: .max
    case _: Int64.random(in: -3...4, using: &random)
    }
  }

  private static func instant(_ random: inout SeededGenerator) -> Int64 {
    beginning + Int64.random(in: 0...5, using: &random)
  }

  /// The lowest score there can be.
  private enum BoardSlotsBounds {
    static let lowest: Int64 = -4_607_182_418_800_017_408
  }

  /// As statements.
  var script: String {
    let users = members.map { "('\(Self.quoted($0.user))', \($0.isEnabled))" }
    let rows = members.map { member in
      let keys = member.slots.keys.sorted()
      let values = keys.flatMap { key in
        member.slots[key].map { [$0.score, $0.reachedAt, $0.count] } ?? []
      }
      // Quoted, since the lowest of all cannot be written as a number.
      let texts = values.map { "'\($0)'" }.joined(separator: ",")
      return """
        ('\(Self.quoted(member.user))', \(member.balance), \(member.earned), \(member.version),
         \(Self.timestamp(member.lastAt)), \(member.earnedAt.map(Self.timestamp) ?? "NULL::timestamptz"),
         \(member.isEnabled),
         \(keys.isEmpty ? "NULL::bigint[]" : "ARRAY\(keys)::bigint[]"),
         \(keys.isEmpty ? "NULL::bigint[]" : "ARRAY[\(texts)]::bigint[]"))
        """
    }
    let changes = standings.map {
      "('\(Self.quoted($0.user))', \(Self.timestamp($0.since)), \($0.isEnabled))"
    }
    let noted =
      changes.isEmpty
      ? "" : "INSERT INTO user_standings (user_id, since, enabled) VALUES \(changes.joined(separator: ","));"
    return """
      INSERT INTO users (id, enabled) VALUES \(users.joined(separator: ","));
      -- What the trigger notes is of the clock, and another story.
      DELETE FROM user_standings;
      INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version,
        revision, last_transaction_at, earned_at, updated_at, user_enabled, slot_keys, slot_values)
      SELECT a.user_id, t.id, a.balance, 0, a.earned, 0, a.version, a.version, a.last_at, a.earned_at, now(),
        a.enabled, a.keys, a.vals
      FROM (VALUES \(rows.joined(separator: ",\n"))) AS a
        (user_id, balance, earned, version, last_at, earned_at, enabled, keys, vals), point_types t;
      \(noted)
      """
  }

  private static func quoted(_ user: UserID) -> String { user.text.replacing("'", with: "''") }

  private static func timestamp(_ microseconds: Int64) -> String {
    "('epoch'::timestamptz + interval '\(microseconds / 1_000_000) seconds \(microseconds % 1_000_000) us')"
  }
}
