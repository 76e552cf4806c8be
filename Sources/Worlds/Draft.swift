// A deed that has no time yet.
import Ledger

struct Draft {
  private static let earnings: [(kind: Kind, reason: String)] = [
    (.award, "Daily quest"), (.award, "Weekly quest"), (Kind(stored: "raid"), "Evening raid"),
    (Kind(stored: "raid"), "World boss"), (Kind(stored: "winner"), "Arena victory"),
    (Kind(stored: "runner_up"), "Arena final"), (Kind(stored: "participation"), "Tournament"),
    (Kind(stored: "bonus"), "Guild bonus"),
  ]
  private static let spendings: [(kind: Kind, reason: String)] = [
    (.purchase, "Banner"), (.purchase, "Mount"), (.purchase, "Potions"),
    (Kind(stored: "entry_fee"), "Tournament entry"), (.penalty, "Left a raid early"),
  ]

  let type: Int
  let change: Leg.Change
  let figure: Int64
  private let isFirst: Bool
  private let isMistaken: Bool

  init(type: Int, earned amount: Int64, isFirst: Bool = false, isMistaken: Bool = false) {
    self.type = type
    change = .credit(amount)
    figure = amount
    self.isFirst = isFirst
    self.isMistaken = isMistaken
  }

  init(type: Int, spent amount: Int64) {
    self.type = type
    change = .debit(amount)
    figure = -amount
    isFirst = false
    isMistaken = false
  }

  func deed(at instant: Instant, categories: [String], _ random: inout WorldRandom) -> Deed {
    let (kind, reason) =
      isFirst
      ? (Kind(stored: "welcome_bonus"), "Welcome")
      : random.pick(figure > 0 ? Self.earnings : Self.spendings)
    // Drawn whether or not there are categories, so that these change nothing else.
    let (hasCategory, place) = (random.happens(7, in: 10), random.below(1 << 32))
    let category =
      categories.isEmpty || !hasCategory || figure < 0
      ? nil : categories[Int(place % Int64(categories.count))]
    return Deed(
      type: type, change: change, kind: kind, category: category, reason: reason, occurredAt: instant,
      isMistaken: isMistaken)
  }
}
