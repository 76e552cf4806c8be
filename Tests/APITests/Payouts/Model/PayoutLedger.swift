// All transactions of the point types of one world, and what must be true of them whatever was paid.
import PostgresClient

struct PayoutLedger {
  struct Row: Sendable {
    let id: String
    let user: String
    let type: String
    let version: Int64
    let isCredit: Bool
    let amount: Int64
    let before: Int64
    let after: Int64
    let kind: String
    let relatedTo: String?
    let reverses: String?
    /// Of the account as it is.
    let balance: Int64
    let accountVersion: Int64

    var purse: Purse { Purse(user: user, type: type) }
  }

  /// What a payout gave, and what is left of it.
  struct Credit {
    let id: String
    let purse: Purse
    var left: Int128
  }

  let rows: [Row]

  static func read(of world: String, _ pool: PostgresPool) async throws -> PayoutLedger {
    PayoutLedger(rows: try await pool.query(ReadTransactionsOfWorld(prefix: world + "-%")))
  }

  /// What these payouts gave, in order, less what was taken back of it.
  func credits(of distributions: [String]) -> [Credit] {
    var back: [String: Int128] = [:]
    for row in rows { if let id = row.reverses { back[id, default: 0] += Int128(row.amount) } }
    return rows.filter { $0.kind == "distribution" && distributions.contains($0.relatedTo ?? "") }.map {
      Credit(id: $0.id, purse: $0.purse, left: Int128($0.amount) - back[$0.id, default: 0])
    }
  }

  func rows(of distribution: String) -> [Row] { rows.filter { $0.relatedTo == distribution } }

  func balance(_ purse: Purse) -> Int64 { rows.first { $0.purse == purse }?.balance ?? 0 }

  /// Versions without a gap, each beginning where the one before ended, none below zero, and the account at
  /// the end of its chain.
  var faults: [String] {
    Dictionary(grouping: rows, by: \.purse).flatMap { purse, chain -> [String] in
      var faults: [String] = []
      var (version, balance) = (Int64(0), Int64(0))
      for row in chain {
        if row.version != version + 1 || row.before != balance || row.after < 0
          || row.after != row.before + (row.isCredit ? row.amount : -row.amount)
        {
          faults.append("the chain of \(purse) at \(row.version)")
        }
        (version, balance) = (row.version, row.after)
      }
      if chain.last?.balance != balance || chain.last?.accountVersion != version {
        faults.append("the account of \(purse) is not the end of its chain")
      }
      return faults
    }
  }
}

private struct ReadTransactionsOfWorld: PostgresStatement {
  static var isReadOnly: Bool { true }
  static let sql = PostgresSQL(
    "read_transactions_of_world",
    Array(
      """
      SELECT t.id::text, t.user_id, p.name, t.version, t.type = 'credit', t.amount, t.before, t.after, t.kind,
        t.related_to, t.reverses::text, a.balance, a.version
      FROM transactions t JOIN point_types p ON p.id = t.point_type_id
      JOIN accounts a USING (user_id, point_type_id)
      WHERE p.name LIKE $1::text ORDER BY t.user_id, p.name, t.version
      """.utf8))

  let prefix: String

  func bind(to parameters: inout PostgresParameters) { parameters.append(prefix) }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PayoutLedger.Row {
    PayoutLedger.Row(
      id: try row.value(0), user: try row.value(1), type: try row.value(2), version: try row.value(3),
      isCredit: try row.value(4), amount: try row.value(5), before: try row.value(6), after: try row.value(7),
      kind: try row.value(8), relatedTo: try row.optional(9), reverses: try row.optional(10),
      balance: try row.value(11), accountVersion: try row.value(12))
  }
}
