// What somebody asks of `points seed`.
import Worlds

struct SeedRequest: PostingRequest {
  let plan: WorldPlan
  /// Whether the ledger may have transactions that are not of this world.
  let goesIntoExisting: Bool
  let settings: [String]

  init(_ arguments: [String]) throws(OwnArguments.Mistake) {
    let given = try OwnArguments(
      arguments, flags: ["--users", "--types", "--seed", "--transactions-per-user"],
      switches: ["--into-existing"])
    if let word = given.words.first { throw OwnArguments.Mistake(sentence: "\(word) does not belong here") }
    var plan = WorldPlan()
    plan.users = try given.number("--users", in: 1...WorldPlan.usersMax) ?? plan.users
    plan.types = try given.number("--types", in: 1...WorldPlan.typeNames.count) ?? plan.types
    plan.transactionsPerUser =
      try given.number("--transactions-per-user", in: 1...WorldPlan.transactionsPerUserMax)
      ?? plan.transactionsPerUser
    plan.seed = try given.number("--seed", in: 0...UInt64.max) ?? plan.seed
    self.plan = plan
    goesIntoExisting = given.switches.contains("--into-existing")
    settings = given.settings
  }
}
