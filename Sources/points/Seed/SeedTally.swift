// What a world holds so far.
import Worlds

struct SeedTally: Sendable {
  /// Of each point type of the plan.
  var accounts: [Int64]
  var players: Int64 = 0
  var transactions: Int64 = 0
  /// Of these transactions, those that an earlier run had made.
  var known: Int64 = 0

  init(types: Int) {
    accounts = Array(repeating: 0, count: types)
  }

  mutating func add(_ chunk: WorldChunk, _ outcome: SeedPortion.Outcome) {
    players += Int64(chunk.players.count)
    transactions += outcome.transactions
    if outcome.wasKnown { known += outcome.transactions }
    for player in chunk.players {
      for type in Set(player.deeds.map(\.type)) { accounts[type] += 1 }
    }
  }

  var sentence: String {
    let types = zip(WorldPlan.typeNames, accounts).map { "\($0) \($1)" }.joined(separator: ", ")
    return
      "\(players) users with \(accounts.reduce(0, +)) accounts (\(types)); \(transactions) transactions, "
      + "of which \(known) were there already"
  }
}
