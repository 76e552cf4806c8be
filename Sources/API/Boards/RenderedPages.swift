// Pages as they were last written. Whoever asks for one again has Redis say only that nothing has changed
// since, and is given its JSON with the position of now: reading and writing a hundred rows costs far more
// than all else of such a request.
import BoardStore
import Boards
import EventLoop

/// One worker's; used on its loop only.
final class RenderedPages: @unchecked Sendable {
  struct Rendered {
    /// Of what state of the board it is.
    let stamp: PageStamp
    let reply: BoardReply
    fileprivate let position: Int64
    fileprivate let board: ShownBoard
    fileprivate let read: MonotonicInstant

    fileprivate func isOf(_ stamp: PageStamp, _ position: Int64) -> Bool {
      self.stamp == stamp && self.position == position
    }

    /// About what it takes: the array may be larger than its bytes, and has an entry and a stamp beside it.
    fileprivate var bytes: Int { reply.json.capacity + 512 }
  }

  /// What of a board is written into a page, beside its rows.
  fileprivate struct ShownBoard: Equatable {
    let mirror: MirrorBoard
    let name: String
    let category: String?
    let period: String?

    init(_ found: FoundBoard) {
      (mirror, name, category, period) = (found.mirror, found.name, found.category, found.period?.label)
    }
  }

  /// A page is read anew after that time, changed or not: should another Redis ever stand behind the same
  /// connection, with another history that is as long, no page outlives the follower's repair by much.
  static let ageMax = Duration.seconds(5)

  private let bytesMax: Int
  /// Those that were asked for in the newer half of the room, and in the older. When the newer is full the
  /// older is forgotten, and it takes its place.
  private var newer: [BoardQuestion: Rendered] = [:]
  private var older: [BoardQuestion: Rendered] = [:]
  private var newerBytes = 0

  /// A page of 100 rows takes some 20 KB, one of 1,000 some 200.
  init(bytesMax: Int = 8 << 20) {
    self.bytesMax = bytesMax
  }

  /// Also of a state that is over by now.
  func page(for question: BoardQuestion, on found: FoundBoard, now: MonotonicInstant) -> Rendered? {
    guard let known = newer[question] ?? older[question], known.board == ShownBoard(found),
      now < known.read + Self.ageMax
    else { return nil }
    return known
  }

  /// What `write` makes of a page that was read now. Those who share an answer of Redis share what the first
  /// of them wrote.
  func reply(
    to question: BoardQuestion, on found: FoundBoard, _ stamp: PageStamp?, _ origin: BoardOrigin,
    now: MonotonicInstant, write: () -> BoardReply
  ) -> BoardReply {
    // A ranking of the ledger says when it was read, and is seldom asked.
    guard let stamp, let position = origin.position else { return write() }
    let board = ShownBoard(found)
    if let newest = newer[question], newest.isOf(stamp, position), newest.board == board {
      return newest.reply
    }
    let reply = write()
    keep(Rendered(stamp: stamp, reply: reply, position: position, board: board, read: now), for: question)
    return reply
  }

  /// The same of a page that Redis says has not changed.
  func reply(to question: BoardQuestion, still known: Rendered, _ origin: BoardOrigin) -> BoardReply {
    guard let position = origin.position else { return known.reply.from(origin) }
    if let newest = newer[question], newest.isOf(known.stamp, position), newest.board == known.board {
      return newest.reply
    }
    let reply = known.position == position ? known.reply : known.reply.from(origin)
    keep(
      Rendered(
        stamp: known.stamp, reply: reply, position: position, board: known.board, read: known.read),
      for: question)
    return reply
  }

  private func keep(_ rendered: Rendered, for question: BoardQuestion) {
    let before = newer.updateValue(rendered, forKey: question)
    newerBytes += rendered.bytes - (before?.bytes ?? 0)
    guard newerBytes > bytesMax / 2 else { return }
    (older, newer, newerBytes) = (newer, [:], 0)
  }
}
