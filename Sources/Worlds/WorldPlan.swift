// What somebody asks of a made-up world. Two plans that differ in anything are two worlds.

package struct WorldPlan: Sendable, Hashable {
  package static let usersMax = 100_000_000
  package static let transactionsPerUserMax = 50
  /// The first is the point type that every ledger has.
  package static let typeNames = [
    "points", "gems", "coins", "honor", "tickets", "stars", "medals", "shards",
  ]

  package var users = 1_000_000
  package var types = 3
  /// On the average, in the first point type.
  package var transactionsPerUser = 3
  package var seed: UInt64 = 1

  package init() {}

  /// The same for equal plans, and for no others.
  package var name: String {
    "world of \(users) users, \(types) types, \(transactionsPerUser) transactions, seed \(seed)"
  }
}
