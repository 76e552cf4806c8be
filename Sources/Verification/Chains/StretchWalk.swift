// Goes over a table stretch by stretch. One that is not answered in time is asked for again in two parts, and
// those that follow are as short; a single page that is not answered is passed by, and that is told.
import LedgerStore
import PostgresClient

struct StretchWalk {
  private let pages: Int64
  private var length: Int64
  private var first: Int64 = 0
  /// Why not all of it was read; nil if it was.
  private(set) var failure: VerificationError?

  init(over pages: Int64, by length: Int64) {
    self.pages = pages
    self.length = max(1, length)
  }

  mutating func next() -> TableStretch? {
    guard first < pages else { return nil }
    let stretch = TableStretch(first: first, end: min(pages, first + length))
    first = stretch.end
    return stretch
  }

  /// Nil if it was not answered in time: then what comes next is a part of it, or what lies behind it.
  mutating func answer<Value>(
    to stretch: TableStretch, _ body: () async throws(PostgresError) -> Value
  ) async throws(VerificationError) -> Value? {
    do throws(VerificationError) {
      return try await asking(body)
    } catch {
      guard error.isTimeout else { throw error }
      if stretch.end - stretch.first > 1 {
        length = max(1, (stretch.end - stretch.first) / 2)
        first = stretch.first
      } else {
        failure = failure ?? error
      }
      return nil
    }
  }

  /// How many rows there are in all, if there were so many up to here.
  func whole(of rows: Int64) -> Int64 {
    first == 0 ? rows : Int64(Double(rows) * Double(pages) / Double(first))
  }
}
