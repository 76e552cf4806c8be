// A snapshot as somebody asks for it.
import Boards
import Cryptography
import EventLoop
import HTTPServer
import Ledger
import LedgerStore

struct SnapshotDraft {
  let choice: SnapshotChoice
  let source: SnapshotPlan.Source
  let keepUntil: Instant?
  let id: SnapshotID

  /// Whoever sends the same key again means the same snapshot: its id is made of the key.
  init(reading exchange: HTTPExchange, of service: ServiceID) throws(Problem) {
    let key = try IdempotencyKey.sent(in: exchange.request.headers)
    id = key.map { SnapshotID(asked: $0, by: service) } ?? SnapshotID(UUIDBits.random())
    var body = try RequestBody(exchange)
    choice = try SnapshotChoice(&body)
    let word = try body.optionalString("source", bytes: 16)
    guard let source = SnapshotPlan.Source(rawValue: word ?? SnapshotPlan.Source.ledger.rawValue) else {
      throw .field("source", "must be ledger or live")
    }
    self.source = source
    keepUntil = try body.optionalInstant("keepUntil")
    try body.finish()
  }

  /// Of a defined board, the period of this moment is what is taken.
  func plan(of found: SnapshotChoice.Found) throws(Problem) -> SnapshotPlan {
    guard keepUntil.map({ $0 > .now }) ?? true else { throw .field("keepUntil", "must lie in the future") }
    switch found {
    case .allTime(let board, let type):
      return SnapshotPlan(
        id: id, board: board == .balance ? .balance(of: type) : .earned(of: type), purpose: .demand,
        source: source, keepUntil: keepUntil)
    case .defined(let board): return try plan(of: board)
    case .removed:
      throw Problem(.notFound, "The board was removed.")
    }
  }

  private func plan(of board: DefinedBoard) throws(Problem) -> SnapshotPlan {
    let definition = board.definition
    guard definition.state == .ready else {
      throw Problem(
        .boardFilling, "What was posted before the board was defined is not counted yet.",
        fields: [.retrySoon])
    }
    guard let period = board.period(at: .now), period.isUnsettled else {
      throw Problem(.noPeriod, "The board \"\(definition.name)\" has no season just now.")
    }
    return SnapshotPlan(
      id: id,
      board: SnapshotBoard(
        pointType: definition.pointType, key: .defined(definition.id), name: definition.name,
        category: definition.category),
      period: SnapshotPlan.Period(number: period.number, label: period.label), purpose: .demand,
      source: source, slot: SlotKey(board: definition.number, period: period.number),
      order: definition.traits.order, eligibility: definition.traits.eligibility, keepUntil: keepUntil)
  }

  /// The first field that says something else than a snapshot that is there; nil if it is what is asked for.
  /// Its period was that of its day.
  func fieldBesides(_ snapshot: Snapshot, of board: BoardOfType) -> String? {
    let plan = snapshot.plan
    if plan.board.pointType != board.pointType { return "pointType" }
    if plan.board.key != board.key { return choice.board == nil ? "category" : "board" }
    if plan.source != source { return "source" }
    return plan.keepUntil == keepUntil ? nil : "keepUntil"
  }
}

extension SnapshotID {
  /// A UUID made of a digest (version 8).
  init(asked key: IdempotencyKey, by service: ServiceID) {
    var builder = DigestBuilder()
    builder.add(Array("points: snapshot on demand".utf8))
    builder.add(service.bits.high)
    builder.add(service.bits.low)
    builder.add(part: key.bytes.span)
    let words = builder.finish().words
    self.init(
      UUIDBits(
        high: words.0 & ~0xF000 | 0x8000, low: words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
  }
}
