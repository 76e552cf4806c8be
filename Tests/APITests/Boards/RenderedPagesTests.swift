// A page is written once for all who get the same one, and anew for whoever gets another.
import BoardStore
import Boards
import Ledger
import Testing

@testable import API

@Suite struct RenderedPagesTests {
  private static let type = PointTypeID(UUIDBits(high: 1, low: 1))

  private static func page(score: Int64 = 7, revision: Int64 = 1, name: String? = nil) -> BoardPage {
    let account = Account(
      key: AccountKey(user: UserID(stored: "u"), pointType: type), balance: score, version: 1,
      revision: revision, updatedAt: Instant(microseconds: 1))
    let row = BoardRow(rank: 1, score: score, account: NamedAccount(account, displayName: name))
    return BoardPage(rows: [row], offset: 0, members: 1)
  }

  private static func question(limit: Int64 = 10) -> BoardQuestion {
    ScriptedBoards.name(.page(offset: 0, limit: limit)).question
  }

  /// Writes what says how often it was written.
  private struct Desk {
    let rendered = RenderedPages()
    var written = 0

    mutating func ask(_ question: BoardQuestion, _ page: BoardPage, _ origin: BoardOrigin) -> [UInt8] {
      rendered.reply(to: question, FoundBoard(.balance), page, origin) {
        written += 1
        return BoardReply(json: [UInt8(written)], lastingBytes: 1)
      }.json
    }
  }

  @Test func `the same page at the same position is written once`() {
    var desk = Desk()
    for _ in 0..<3 {
      #expect(desk.ask(Self.question(), Self.page(), .redis(position: 5)) == [1])
    }
  }

  @Test func `another score, revision, position or question is written anew`() {
    var desk = Desk()
    let first = desk.ask(Self.question(), Self.page(), .redis(position: 5))
    #expect(desk.ask(Self.question(), Self.page(score: 8), .redis(position: 5)) != first)
    #expect(desk.ask(Self.question(), Self.page(score: 8), .redis(position: 6)) == [3])
    // Both names are equal to Swift, and are not the same bytes.
    let (composed, combined) = ("\u{e9}", "e\u{301}")
    #expect(desk.ask(Self.question(), Self.page(name: composed), .redis(position: 6)) == [4])
    let renamed = Self.page(revision: 2, name: combined)
    #expect(desk.ask(Self.question(), renamed, .redis(position: 6)) == [5])
    #expect(desk.ask(Self.question(limit: 11), renamed, .redis(position: 6)) == [6])
  }

  @Test func `what the ledger answers is written for each`() {
    var desk = Desk()
    let origin = BoardOrigin.ledger(asOf: Instant(microseconds: 1))
    #expect(desk.ask(Self.question(), Self.page(), origin) == [1])
    #expect(desk.ask(Self.question(), Self.page(), origin) == [2])
  }

  @Test func `of many pages the newest are kept`() {
    var desk = Desk()
    for limit in 1...40 { _ = desk.ask(Self.question(limit: Int64(limit)), Self.page(), .redis(position: 5)) }
    #expect(desk.ask(Self.question(limit: 40), Self.page(), .redis(position: 5)) == [40])
    #expect(desk.ask(Self.question(limit: 1), Self.page(), .redis(position: 5)) == [41])
  }
}
