// That a world can be had again, and looks like one.
import Ledger
import Testing

@testable import Worlds

@Suite struct WorldTests {
  private static func world(
    users: Int = 20_000, seed: UInt64 = 1, types: Int = 3, transactions: Int = 3, categories: [String] = []
  ) -> World {
    var plan = WorldPlan()
    plan.users = users
    plan.seed = seed
    plan.types = types
    plan.transactionsPerUser = transactions
    return World(
      plan, categories: categories, end: Instant(microseconds: 1_700_000_000_000_000),
      lasting: .seconds(56 * 86400))
  }

  @Test func `the same seed makes the same world and another another`() {
    let (one, same, other) = (Self.world(), Self.world(), Self.world(seed: 2))
    for number in [1, 2, 77, 19_999] {
      #expect(one.player(number) == same.player(number))
      #expect(one.player(number) != other.player(number))
    }
    #expect(one.player(3) != one.player(4))
  }

  /// If this fails, worlds that were begun with an earlier release cannot be gone on with.
  @Test func `a world is the same with every release`() {
    let world = Self.world()
    let sum = (1...1_000).reduce(0 as Int64) { sum, number in
      world.player(number).deeds.reduce(sum) { ($0 &* 31) &+ $1.figure }
    }
    #expect(sum == Self.knownSum)
  }

  private static let knownSum: Int64 = -7_336_478_751_452_163_033

  @Test func `no balance is ever negative and mistakes can be taken back`() {
    let world = Self.world(types: 8, transactions: 20)
    for number in 1...5_000 {
      var balances = Array(repeating: Int64(0), count: 8)
      var mistaken = balances
      for deed in world.player(number).deeds {
        #expect(deed.figure != 0)
        balances[deed.type] += deed.figure
        #expect(balances[deed.type] >= 0)
        if deed.isMistaken { mistaken[deed.type] += deed.figure }
      }
      for (balance, mistake) in zip(balances, mistaken) { #expect(balance >= mistake) }
    }
  }

  @Test func `boards have ties, round scores and a tail`() throws {
    let world = Self.world()
    var counts: [Int64: Int] = [:]
    for number in 1...20_000 {
      let balance = world.player(number).deeds.filter { $0.type == 0 && !$0.isMistaken }.reduce(0) {
        $0 + $1.figure
      }
      counts[balance, default: 0] += 1
    }
    #expect(counts[50, default: 0] > 1_000)
    #expect(counts.values.count { $0 > 50 } > 20)
    let scores = counts.flatMap { Array(repeating: $0, count: $1) }.sorted()
    let (middle, best) = (scores[10_000], try #require(scores.last))
    #expect((50...1_000).contains(middle))
    #expect(best > middle * 1_000)
    // The best hundredth has more than the lower half has together.
    #expect(scores.suffix(200).reduce(0, +) > scores.prefix(10_000).reduce(0, +))
  }

  @Test func `types are of different population, some have names, some spend and some mistakes happen`() {
    let players = (1...20_000).map(Self.world().player)
    let members = (0..<3).map { type in players.count { $0.deeds.contains { $0.type == type } } }
    #expect(members[0] == 20_000)
    #expect((7_000...8_600).contains(members[1]) && (2_600...3_700).contains(members[2]))
    #expect((12_000...14_500).contains(players.count { $0.displayName != nil }))
    let deeds = players.flatMap(\.deeds)
    #expect(deeds.count { $0.figure < 0 } > 5_000)
    #expect((200...1_000).contains(deeds.count(where: \.isMistaken)))
    #expect((50_000...100_000).contains(deeds.count { $0.type == 0 }))
  }

  @Test func `everything happens within the weeks, in order`() {
    let world = Self.world()
    let end: Int64 = 1_700_000_000_000_000
    for number in 1...2_000 {
      let instants = world.player(number).deeds.map(\.occurredAt)
      #expect(instants == instants.sorted())
      #expect(instants.allSatisfy { ((end - 56 * 86_400_000_000)...end).contains($0.microseconds) })
    }
  }

  @Test func `categories change nothing but the category`() {
    let (plain, sorted) = (Self.world(), Self.world(categories: ["pvp", "pve"]))
    var found = Set<String?>()
    for number in 1...200 {
      let (one, other) = (plain.player(number), sorted.player(number))
      #expect(one.deeds.map(\.figure) == other.deeds.map(\.figure))
      #expect(one.deeds.map(\.reason) == other.deeds.map(\.reason))
      #expect(one.deeds.allSatisfy { $0.category == nil })
      found.formUnion(other.deeds.map(\.category))
    }
    #expect(found == ["pvp", "pve", nil])
  }

  @Test func `portions hold everybody once and fit into a posting`() {
    let world = Self.world(users: 3_000, transactions: 10)
    var number = 0
    for chunk in WorldChunks(of: world) {
      #expect((1...Posting.legsMax).contains(chunk.players.reduce(0) { $0 + $1.deeds.count }))
      for player in chunk.players {
        number += 1
        #expect(player == world.player(number))
      }
      #expect(chunk.playersUntilHere == number)
    }
    #expect(number == 3_000)
  }
}
