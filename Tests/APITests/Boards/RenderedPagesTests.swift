// A page is written once for all who get the same one, and anew for whoever gets another.
import BoardStore
import Boards
import EventLoop
import Ledger
import Testing

@testable import API

@Suite struct RenderedPagesTests {
  private static func question(limit: Int64 = 10) -> BoardQuestion {
    ScriptedBoards.name(.page(offset: 0, limit: limit)).question
  }

  private static func stamp(_ state: String, connection: Int = 1) -> PageStamp {
    PageStamp(connection: connection, state: Array(state.utf8))
  }

  /// Writes what says how often it was written.
  private struct Desk {
    var rendered = RenderedPages()
    var written = 0

    mutating func ask(
      _ state: String, _ position: Int64 = 5, limit: Int64 = 10, connection: Int = 1,
      board: AllTimeBoard = .balance, at now: MonotonicInstant = start
    ) -> String {
      text(stamp(state, connection: connection), .redis(position: position), limit, board, now)
    }

    /// As it comes from the ledger.
    mutating func askLedger() -> String {
      text(nil, .ledger(asOf: Instant(microseconds: 1)), 10, .balance, start)
    }

    private mutating func text(
      _ stamp: PageStamp?, _ origin: BoardOrigin, _ limit: Int64, _ board: AllTimeBoard,
      _ now: MonotonicInstant
    ) -> String {
      let reply = rendered.reply(
        to: question(limit: limit), on: FoundBoard(board), stamp, origin, now: now
      ) {
        written += 1
        let head = #"{"written":\#(written)"#
        let tail = #","position":\#(origin.position ?? 0),"source":"redis"}"#
        return BoardReply(
          json: Array((head + tail).utf8), lastingBytes: head.utf8.count,
          bytesBeforeOrigin: head.utf8.count)
      }
      return String(decoding: reply.json, as: UTF8.self)
    }

    /// Asks as one who is told that nothing has changed; nil if there is nothing to have changed.
    func again(
      _ position: Int64, limit: Int64 = 10, at now: MonotonicInstant = start
    ) -> String? {
      let question = question(limit: limit)
      return rendered.page(for: question, on: FoundBoard(.balance), now: now).map {
        let reply = rendered.reply(to: question, still: $0, .redis(position: position))
        return String(decoding: reply.json, as: UTF8.self)
      }
    }
  }

  private static let start = MonotonicInstant(nanoseconds: 0)

  @Test func `the same state at the same position is written once`() {
    var desk = Desk()
    for _ in 0..<3 { #expect(desk.ask("a") == #"{"written":1,"position":5,"source":"redis"}"#) }
  }

  @Test func `what is still the same says the position of now, and is not written again`() {
    var desk = Desk()
    _ = desk.ask("a")
    for position in [5, 6, 1_000_000, 7, 7] as [Int64] {
      #expect(desk.again(position) == #"{"written":1,"position":\#(position),"source":"redis"}"#)
    }
  }

  @Test func `after its time a page is read anew, however often it was the same`() {
    var desk = Desk()
    _ = desk.ask("a")
    let last = Self.start + (RenderedPages.ageMax - .nanoseconds(1))
    #expect(desk.again(6, at: last) != nil && desk.again(7, at: last) != nil)
    #expect(desk.again(8, at: Self.start + RenderedPages.ageMax) == nil)
    _ = desk.ask("b", at: last)
    #expect(desk.again(8, at: Self.start + RenderedPages.ageMax) != nil)
  }

  @Test func `another state, connection, question or board is written anew`() {
    var desk = Desk()
    _ = desk.ask("a")
    for (index, next) in [
      desk.ask("b"), desk.ask("b", connection: 2), desk.ask("b", limit: 11, connection: 2),
      desk.ask("b", limit: 11, connection: 2, board: .earned),
    ].enumerated() {
      #expect(next == #"{"written":\#(index + 2),"position":5,"source":"redis"}"#)
    }
  }

  @Test func `what the ledger answers is written for each, and not kept`() {
    var desk = Desk()
    #expect(desk.askLedger() != desk.askLedger())
    #expect(desk.again(5) == nil)
  }

  @Test func `who asks again is told the state that was written last`() {
    var desk = Desk()
    let board = FoundBoard(.balance)
    #expect(desk.rendered.page(for: Self.question(), on: board, now: Self.start) == nil)
    _ = desk.ask("a")
    #expect(desk.rendered.page(for: Self.question(), on: board, now: Self.start)?.stamp == Self.stamp("a"))
    _ = desk.ask("b")
    #expect(desk.rendered.page(for: Self.question(), on: board, now: Self.start)?.stamp == Self.stamp("b"))
    #expect(desk.rendered.page(for: Self.question(), on: FoundBoard(.earned), now: Self.start) == nil)
  }

  @Test func `of many pages those that were asked for of late are kept, within bounds`() {
    // Of such pages each takes some 600 bytes.
    var desk = Desk(rendered: RenderedPages(bytesMax: 12_000))
    _ = desk.ask("a", limit: 1)
    for limit in 2...200 as ClosedRange<Int64> {
      _ = desk.ask("a", limit: limit)
      // Who asks for the same again takes no more room.
      for position in 6...40 as ClosedRange<Int64> { #expect(desk.again(position, limit: 1) != nil) }
    }
    let kept = (1...200 as ClosedRange<Int64>).filter { desk.again(5, limit: $0) != nil }
    #expect((9...20).contains(kept.count) && kept.first == 1 && kept.last == 200, "\(kept)")
  }
}
