// Pages as they were last written, so that those who ask for the same one in a turn share its JSON as they
// share the answer of Redis. Writing a page of a hundred rows costs more than all else of such a request.
import BoardStore
import Boards

/// One worker's; used on its loop only.
final class RenderedPages: @unchecked Sendable {
  /// A thousand rows are some 150 KB.
  private static let pagesMax = 16

  private struct Rendered {
    let board: MirrorBoard
    var page: BoardPage
    let position: Int64
    let reply: BoardReply
  }

  private var pages: [BoardQuestion: Rendered] = [:]

  /// What was written of this very page, or what `write` makes of it. Those who share an answer of Redis have
  /// the same rows in the same memory, so comparing them is one look; others compare row by row, which costs
  /// a fraction of writing. A row holds its account's revision, so equal rows have equal names, byte for
  /// byte.
  func reply(
    to question: BoardQuestion, _ found: FoundBoard, _ page: BoardPage, _ origin: BoardOrigin,
    write: () -> BoardReply
  ) -> BoardReply {
    // A ranking of the ledger says when it was read, and is seldom asked.
    guard let position = origin.position else { return write() }
    if let known = pages[question], known.board == found.mirror, known.position == position,
      known.page == page
    {
      // Of the newest answer, so that whoever shares it finds it at one look.
      pages[question]?.page = page
      return known.reply
    }
    let reply = write()
    if pages.count >= Self.pagesMax && pages[question] == nil { pages.removeAll(keepingCapacity: true) }
    pages[question] = Rendered(board: found.mirror, page: page, position: position, reply: reply)
    return reply
  }
}
