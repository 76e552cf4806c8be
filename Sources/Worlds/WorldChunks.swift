// A world in portions that fit into a posting each, always cut at the same places.
import Ledger

package struct WorldChunk: Sendable {
  package let number: Int
  package let players: [Player]
  /// How many players of the world come in this portion and those before it.
  package let playersUntilHere: Int
}

package struct WorldChunks: Sequence, IteratorProtocol {
  private let world: World
  private let legsMax: Int
  private var chunk = 0
  private var playersMade = 0
  /// Made, but found too long for the portion before.
  private var waiting: Player?

  package init(of world: World, legsMax: Int = Posting.legsMax) {
    self.world = world
    self.legsMax = legsMax
  }

  package mutating func next() -> WorldChunk? {
    var players: [Player] = []
    var legs = 0
    while let player = waiting ?? made() {
      waiting = player
      guard players.isEmpty || legs + player.deeds.count <= legsMax else { break }
      players.append(player)
      legs += player.deeds.count
      waiting = nil
    }
    guard !players.isEmpty else { return nil }
    chunk += 1
    return WorldChunk(
      number: chunk, players: players, playersUntilHere: playersMade - (waiting == nil ? 0 : 1))
  }

  private mutating func made() -> Player? {
    guard playersMade < world.plan.users else { return nil }
    playersMade += 1
    return world.player(playersMade)
  }
}
