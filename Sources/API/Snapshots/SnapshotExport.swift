// All entries of a snapshot, streamed: each page is read when the caller has taken the one before.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

enum SnapshotExport {
  private static let entriesPerPage = 1_000

  static func response(
    to exchange: HTTPExchange, _ reader: SnapshotReader, _ lookup: PointTypeLookup
  ) async throws(Problem) -> HTTPResponse {
    var query = QueryReader(exchange)
    let format = try query.optionalWord("format", of: ["json", "csv"])
    try query.finish()
    let isTable = format.map { $0 == "csv" } ?? exchange.prefers("text/csv")
    let snapshot = try await reader.asked(in: exchange).readable
    // The first page is read at once, so that what goes wrong at first is still answered as such.
    let first = try await Problem.explaining { () async throws(PostgresError) in
      try await reader.namedEntries(of: snapshot, limit: entriesPerPage)
    }
    try await lookup.learnNames(of: CollectionOfOne(snapshot.plan.board.pointType))
    return isTable
      ? table(pages(of: snapshot, first, reader), snapshot)
      : object(pages(of: snapshot, first, reader), snapshot, lookup.catalog)
  }

  private typealias Pages =
    @Sendable (_ take: ([NamedEntry]) async throws(HTTPStreamError) -> Void) async throws(HTTPStreamError) ->
    Void

  private static func pages(
    of snapshot: Snapshot, _ first: [NamedEntry], _ reader: SnapshotReader
  ) -> Pages {
    { take throws(HTTPStreamError) in
      var page = first
      while !page.isEmpty {
        try await take(page)
        guard page.count == entriesPerPage, let last = page.last?.entry.place else { return }
        do throws(PostgresError) {
          page = try await reader.namedEntries(of: snapshot, after: last, limit: entriesPerPage)
        } catch {
          throw .sourceFailed
        }
      }
    }
  }

  private static func table(_ pages: @escaping Pages, _ snapshot: Snapshot) -> HTTPResponse {
    let stream = ResponseStream { writer throws(HTTPStreamError) in
      var head = CSVWriter()
      head.line(["place", "rank", "userId", "displayName", "score", "reachedAt", "version"])
      try await writer.write(head.take())
      try await pages { page throws(HTTPStreamError) in
        var csv = CSVWriter()
        for row in page {
          let entry = row.entry
          csv.line([
            "\(entry.place)", "\(entry.rank)", entry.user.text, row.displayName, "\(entry.score)",
            entry.reachedAt.rfc3339, "\(entry.version)",
          ])
        }
        try await writer.write(csv.take())
      }
    }
    return HTTPResponse(
      .ok, contentType: "text/csv; charset=utf-8; header=present",
      fields: [
        ResponseField("Content-Disposition", "attachment; filename=\"snapshot-\(snapshot.id).csv\"")
      ], body: .stream(stream))
  }

  /// One object, as long as it is: the snapshot, and its entries.
  private static func object(
    _ pages: @escaping Pages, _ snapshot: Snapshot, _ types: PointTypeCatalog
  ) -> HTTPResponse {
    var head = JSONWriter(reservingCapacity: 1_024)
    head.snapshot(snapshot, types)
    let begin = Array("{\"snapshot\":".utf8) + head.finish() + Array(",\"entries\":[".utf8)
    let stream = ResponseStream { writer throws(HTTPStreamError) in
      try await writer.write(begin)
      var isFirst = true
      try await pages { page throws(HTTPStreamError) in
        var json = JSONWriter(reservingCapacity: 224 * page.count)
        json.array { for row in page { $0.entry(row) } }
        // Without the brackets: all pages are one list.
        let entries = json.finish().dropFirst().dropLast()
        try await writer.write((isFirst ? [] : [0x2C]) + entries)
        isFirst = false
      }
      try await writer.write(Array("]}".utf8))
    }
    return HTTPResponse(.ok, contentType: "application/json", body: .stream(stream))
  }
}
