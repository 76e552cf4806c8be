// Random boards, periods and postings: what is decided with each entry, what a fold of the past finds, and
// what a model works out from the beginning are the same slots.
import Ledger
import TestSupport
import Testing

@Suite struct ScoringPropertyTests {
  @Test func `slots are the fold of the ledger, whatever is posted, late or taken back`() {
    var random = SeededGenerator.forThisRun()
    var slotsSeen = 0
    for _ in 0..<250 {
      var world = World(&random)
      for _ in 0..<40 { world.step(&random) }
      slotsSeen += world.compare()
    }
    #expect(slotsSeen > 1_000)
  }
}

private struct World {
  var ledger: LittleLedger
  var boards: [ScoredBoard]
  var now = Instant.start

  init(_ random: inout SeededGenerator) {
    boards = (1...Int.random(in: 1...6, using: &random)).map { Self.board(Int32($0), &random) }
    ledger = LittleLedger(boards: [.points: boards])
  }

  /// All time, days in a row, or seasons with gaps between them; an hour is 100 units.
  private static func board(_ number: Int32, _ random: inout SeededGenerator) -> ScoredBoard {
    let start = Instant.start.microseconds - 500
    let always = [
      ScoredBoard.Period(
        number: 0, start: Instant(microseconds: .min), end: Instant(microseconds: .max))
    ]
    let gap = Int64.random(in: 0...1, using: &random) * 70
    let length = Int64.random(in: 1...4, using: &random) * 150
    let rows = (0..<Int32(20)).map { index in
      ScoredBoard.Period(
        number: index, start: Instant(microseconds: start + Int64(index) * (length + gap)),
        end: Instant(microseconds: start + Int64(index) * (length + gap) + length))
    }
    let categories: [EntryFilter.Categories] = [
      .all, .only(["pve", "pvp"]), .except(["pvp"]), .only(["raid"]),
    ]
    return ScoredBoard(
      number: number, metric: BoardMetric.allCases.randomElement(using: &random) ?? .net,
      filter: EntryFilter(
        categories: categories.randomElement(using: &random) ?? .all, countsRewards: .random(using: &random)),
      grace: [0, 0, 90, 1_000].randomElement(using: &random) ?? 0,
      periods: Bool.random(using: &random) ? always : rows, laidDownUntil: Instant(microseconds: .max))
  }

  mutating func step(_ random: inout SeededGenerator) {
    now.microseconds += Int64.random(in: 0...120, using: &random)
    let key = AccountKey(user: Bool.random(using: &random) ? .ada : .bob, pointType: .points)
    let past = ledger.history.indices.filter { ledger.history[$0].account == key }
    ledger.go(to: now, boards: [.points: boards], best: bestCredits(of: [key]))
    var legs: [Leg] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let reversible = past.filter { ledger.history[$0].reverses == nil }
      if Int.random(in: 0..<3, using: &random) == 0, let original = reversible.randomElement(using: &random) {
        legs.append(
          ledger.reversal(
            of: original, [nil, 1, 3].randomElement(using: &random) ?? nil,
            allowsPartial: .random(using: &random)))
      } else {
        legs.append(leg(key, &random))
      }
    }
    // A refused posting leaves no trace on any board.
    ledger.settle(.of(legs))
  }

  private func leg(_ key: AccountKey, _ random: inout SeededGenerator) -> Leg {
    var details = TransactionDetails()
    details.category = [nil, "pve", "pvp", "raid"].randomElement(using: &random) ?? nil
    if Bool.random(using: &random) {
      details.occurredAt = Instant(microseconds: now.microseconds + .random(in: -400...60, using: &random))
    }
    let amount = Int64.random(in: 1...9, using: &random)
    let credits: [Kind] = [.award, .award, .refund, .distribution, .adjustment]
    let debits: [Kind] = [.purchase, .penalty]
    return Int.random(in: 0..<3, using: &random) > 0
      ? Leg(
        account: key, change: .credit(amount), kind: credits.randomElement(using: &random) ?? .award,
        details: details)
      : Leg(
        account: key, change: .debit(amount), kind: debits.randomElement(using: &random) ?? .penalty,
        details: details)
  }

  /// As a store reads them before it decides: all there are, which is more than it needs.
  private func bestCredits(of keys: [AccountKey]) -> BestCredits {
    var best = BestCredits(of: keys)
    for key in keys {
      for credit in ledger.history where credit.account == key && credit.reverses == nil {
        let left = credit.amount - (ledger.state.reversed[credit.id] ?? 0)
        let source = ledger.reversible(credit).source
        for board in boards where board.metric == .best {
          guard credit.direction == .credit, source.earned > 0,
            board.filter.matches(kind: source.kind, category: source.category),
            let period = board.period(occurredAt: source.occurredAt, createdAt: source.createdAt)
          else { continue }
          let slot = SlotKey(board: board.number, period: period.number)
          best.note(BestCredits.Credit(id: credit.id, left: left), of: key, in: slot)
        }
      }
    }
    return best
  }

  /// How many slots there were.
  func compare() -> Int {
    var count = 0
    for user in [UserID.ada, .bob] {
      let key = AccountKey(user: user, pointType: .points)
      let history = ledger.history.filter { $0.account == key }
      guard let held = ledger.state.accounts[key]?.slots else { continue }
      #expect(held == SlotModel(boards: boards, history: history).slots)
      var fold = BoardFold(of: key, on: boards)
      for transaction in history { fold.add(past(transaction)) }
      #expect(fold.slots == held)
      count += held.count
    }
    return count
  }

  private func past(_ transaction: Transaction) -> PastEntry {
    let known = ledger.reversible(transaction)
    let original = transaction.reverses.flatMap { id in ledger.history.first { $0.id == id } }
    return PastEntry(
      id: transaction.id, version: transaction.version, direction: transaction.direction,
      amount: transaction.amount, earned: known.earned, spent: known.spent, kind: transaction.kind,
      category: transaction.details.category, occurredAt: transaction.occurredAt,
      createdAt: transaction.createdAt, original: original.map { ledger.reversible($0) })
  }
}
