// A user of a made-up world, and what he did.
package import Ledger

package struct Player: Sendable, Equatable {
  package let id: UserID
  package let displayName: String?
  /// In the order in which they are posted.
  package let deeds: [Deed]

  private static let traits = [
    "Brave", "Quiet", "Crimson", "Lucky", "Iron", "Silver", "Swift", "Hidden", "Golden", "Wild", "Frozen",
    "Clever", "Ancient", "Stormy", "Velvet", "Merry",
  ]
  private static let animals = [
    "Otter", "Falcon", "Badger", "Wolf", "Heron", "Lynx", "Raven", "Stag", "Viper", "Bison", "Marten",
    "Owl", "Pike", "Crane", "Hare", "Drake",
  ]

  static func id(of number: Int) -> UserID {
    let digits = String(number)
    return UserID(stored: "player-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits)
  }

  /// Two of three have one.
  static func displayName(of number: Int, _ random: inout WorldRandom) -> String? {
    guard random.happens(2, in: 3) else { return nil }
    return "\(random.pick(traits)) \(random.pick(animals)) \(number)"
  }
}
