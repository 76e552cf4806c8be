// A board that everybody looks at is read once for all who ask in the same turn of the loop.
import Boards
import EventLoop
import Ledger

/// What makes two pages the same.
struct PageRequest: Hashable {
  let pointType: PointTypeID
  let board: MirrorBoard
  let offset: Int64
  let limit: Int64
  let top: TopShare?
  let withStatistics: Bool
  let seen: PageStamp?
}

/// A page that has been asked for, and who else waits for it; used on one loop only.
final class PageReading {
  /// The number of writes to Redis before it was asked for. While it is that, the command has not left.
  let flush: Int
  private var waiting: [OneShot<MirrorAnswer<PageLook>>] = []

  init(flush: Int) {
    self.flush = flush
  }

  func share() async -> MirrorAnswer<PageLook> {
    let answer = OneShot<MirrorAnswer<PageLook>>()
    waiting.append(answer)
    return await answer.value()
  }

  func end(_ answer: MirrorAnswer<PageLook>) {
    for waiter in waiting { waiter.fulfil(answer) }
  }
}
