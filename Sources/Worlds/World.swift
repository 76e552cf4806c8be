// A made-up world: players with skewed balances in several point types, earned and spent over some weeks. A
// player follows from the plan and his number alone, so any part of a world can be made again at any time.
package import Ledger

package struct World: Sendable {
  package let plan: WorldPlan
  /// Of which earnings have one, if there are any.
  private let categories: [String]
  /// The last instant at which something happens, and how long before it the first did.
  package let end: Instant
  private let seconds: Int64

  /// Of 1,024 players, how many have points of the first type, the second ...
  private static let population: [Int64] = [1024, 400, 160, 64, 26, 10, 5, 2]

  package init(_ plan: WorldPlan, categories: [String] = [], end: Instant, lasting length: Duration) {
    self.plan = plan
    self.categories = categories
    self.end = end
    seconds = max(1, length.components.seconds)
  }

  package func player(_ number: Int) -> Player {
    var random = WorldRandom(seed: plan.seed, player: number)
    let name = Player.displayName(of: number, &random)
    var drafts: [Draft] = []
    for type in 0..<plan.types where random.happens(Self.population[type], in: 1024) {
      drafts += history(of: type, &random)
    }
    let deeds = zip(drafts, instants(drafts.count, &random)).map { draft, instant in
      draft.deed(at: instant, categories: categories, &random)
    }
    return Player(id: Player.id(of: number), displayName: name, deeds: deeds)
  }

  // MARK: What a player did

  /// So that the balance at the end is a score: what is spent was earned a moment before, beside it.
  private func history(of type: Int, _ random: inout WorldRandom) -> [Draft] {
    let score = Scores.next(&random)
    let count = min(transactions(of: type, &random), score)
    let spends = count > 1 && random.happens(2, in: 5) ? 1 + random.below((count + 2) / 4 + 1) : 0
    var drafts: [Draft] = []
    for (index, part) in parts(of: score, count: max(1, count - spends), &random).enumerated() {
      let price = Int64(index) < spends ? 1 + random.below(max(1, score / 2)) : 0
      drafts.append(Draft(type: type, earned: part + price, isFirst: index == 0 && type == 0))
      if price > 0 { drafts.append(Draft(type: type, spent: price)) }
    }
    // Now and then something is given twice by mistake.
    if random.happens(1, in: 50), let last = drafts.last(where: { $0.figure > 0 }) {
      drafts.append(Draft(type: type, earned: last.figure, isMistaken: true))
    }
    return drafts
  }

  private func transactions(of type: Int, _ random: inout WorldRandom) -> Int64 {
    let average = Int64(type == 0 ? plan.transactionsPerUser : 1 + plan.transactionsPerUser / 3)
    var count: Int64 = 1
    while count < 6 * average, random.happens(average - 1, in: average) { count += 1 }
    return count
  }

  /// Positive parts that sum up to the score.
  private func parts(of score: Int64, count: Int64, _ random: inout WorldRandom) -> [Int64] {
    var parts: [Int64] = []
    var left = score
    for more in (1..<max(count, 1)).reversed() {
      let part = 1 + random.below(max(1, min(left - more, 2 * left / (more + 1))))
      parts.append(part)
      left -= part
    }
    return parts + [left]
  }

  /// From the day he joined, in order.
  private func instants(_ count: Int, _ random: inout WorldRandom) -> [Instant] {
    let joined = 1 + random.below(seconds)
    let ago = (0..<count).map { _ in random.below(joined) }.sorted(by: >)
    return ago.map { Instant(microseconds: end.microseconds - $0 * 1_000_000) }
  }
}
