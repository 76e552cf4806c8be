// Pages that were seen before: who has one is told that it is the same, or given another.

/// By what a page is known again: as long as Redis answers with the same, nothing of the point type has
/// changed.
package struct PageStamp: Sendable, Hashable {
  /// A Redis that was connected to anew may hold other data in the same state.
  let connection: Int
  /// Which epoch it was of, and how many changes had been begun in it (read_page.lua).
  let state: [UInt8]

  package init(connection: Int, state: [UInt8]) {
    self.connection = connection
    self.state = state
  }
}

/// A page for someone who may have seen it.
package enum PageLook: Sendable, Equatable {
  /// Nothing has changed since.
  case same
  /// The stamp to ask with the next time; nil if it is of elsewhere and cannot be known again.
  case page(BoardPage, PageStamp?)
}
