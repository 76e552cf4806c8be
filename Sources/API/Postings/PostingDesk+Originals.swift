// Finding what is to be taken back. What is found never changes, so it need not be looked for again under the
// lock; how much of it was taken back already is another matter, and decided there.
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

extension PostingDesk {
  func original(_ id: TransactionID) async throws(Problem) -> ReversibleTransaction {
    let found: ReversibleTransaction?
    do throws(PostgresError) { found = try await reader.reversible(id) } catch {
      throw Problem(beforePosting: error)
    }
    guard let found else { throw .nothingPosted }
    return try found.admitted()
  }

  /// In the order of their legs.
  func originals(of id: PostingID) async throws(Problem) -> [ReversibleTransaction] {
    let found: [ReversibleTransaction]
    do throws(PostgresError) { found = try await reader.reversibles(of: id) } catch {
      throw Problem(beforePosting: error)
    }
    guard !found.isEmpty else { throw .nothingPosted }
    var originals: [ReversibleTransaction] = []
    for one in found { originals.append(try one.admitted()) }
    return originals
  }
}

extension ReversibleTransaction {
  fileprivate func admitted() throws(Problem) -> ReversibleTransaction {
    guard kind != .reversal else {
      throw Problem(.notReversible, "It is a reversal; post again what it took back instead.")
    }
    return self
  }
}

extension Problem {
  static var nothingPosted: Problem { Problem(.notFound, "Nothing was posted under this id.") }
}
