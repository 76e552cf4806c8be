// What a ledger of awards holds, read through a process, and whether its boards say the same.
import TestSupport

struct LedgerAudit {
  private let caller: Caller
  private let key: String
  private let users: [String]

  init(port: UInt16, key: String, users: [String] = PostingLoad.users) throws {
    caller = try Caller(port: port)
    self.key = key
    self.users = users
  }

  /// Every transaction by the reason it bears, with its id; more than one id would be a double.
  func transactions() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for user in users {
      var cursor = ""
      repeat {
        let page = try read("history?userId=\(user)&limit=1000\(cursor)")
        for transaction in page["transactions"].list {
          found[transaction["reason"].text ?? "", default: []].append(transaction["id"].text ?? "")
        }
        cursor = page["nextCursor"].text.map { "&cursor=\($0)" } ?? ""
      } while !cursor.isEmpty
    }
    return found
  }

  /// Balances by the ledger itself.
  func balances() throws -> [String: Int64] {
    var balances: [String: Int64] = [:]
    for user in users {
      let balance = try read("balance?userId=\(user)&consistency=ledger")
      guard let points = balance["balance"].integer, balance["version"].integer ?? 0 > 0 else { continue }
      balances[user] = points
    }
    return balances
  }

  /// What the ledger answers. A worker may still be on its way back to Postgres when another serves again.
  private func read(_ target: String) throws -> JSONText {
    var answer = Answer()
    let isAnswered = try Eventually.holds(within: Self.patience) {
      answer = try caller.ask(.get("/points/\(target)", as: key))
      return answer.status == 200
    }
    guard isAnswered else { throw Unanswered(answer: answer) }
    return answer.json
  }

  private static let patience = Duration.seconds(10)

  struct Unanswered: Error {
    let answer: Answer
  }

  /// Whether the board, from the source given, has exactly these balances, and whether balances say so too.
  func boardsShow(_ balances: [String: Int64], from source: String = "redis") throws -> Bool {
    let board = try caller.ask(.get("/points/leaderboard?limit=1000", as: key)).json
    var scores: [String: Int64] = [:]
    for entry in board["entries"].list { scores[entry["userId"].text ?? ""] = entry["score"].integer }
    guard board["source"].text == source, scores == balances,
      board["members"].integer == Int64(balances.count)
    else { return false }
    return try balances.allSatisfy { user, points in
      let balance = try caller.ask(.get("/points/balance?userId=\(user)", as: key)).json
      return balance["balance"].integer == points && balance["source"].text == source
    }
  }
}
