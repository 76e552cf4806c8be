// The routes that tell what happened: the history of an account, one transaction, one posting.
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient

package enum HistoryRoutes {
  /// So many lines of CSV are read at a time.
  private static let linesPerPage: Int = 500

  package static func add(
    to routes: inout GuardedRoutes, lookup: PointTypeLookup, reader: LedgerReader
  ) {
    routes.on(
      .get, "/points/history", for: .service, produces: ["application/json", "text/csv"],
      handler: { exchange, _ throws(Problem) in
        let request = try await HistoryRequest(reading: exchange, lookup)
        return switch request.form {
        case .json: try await page(request.query, lookup, reader)
        case .csv: try await lines(request.query, reader)
        }
      })
    routes.on(.get, "/points/transactions/{id}", for: .service, handler: transaction(lookup, reader))
    routes.on(.get, "/points/postings/{id}", for: .service, handler: posting(lookup, reader))
  }

  // MARK: Histories

  private static func page(
    _ query: HistoryQuery, _ lookup: PointTypeLookup, _ reader: LedgerReader
  ) async throws(Problem) -> HTTPResponse {
    let page = try await Problem.explaining { () async throws(PostgresError) in
      try await reader.history(query)
    }
    var json = JSONWriter(reservingCapacity: 128 + 1024 * page.transactions.count)
    json.object {
      $0.arrayField("transactions") {
        for transaction in page.transactions { $0.transaction(transaction, lookup.catalog) }
      }
      $0.field("nextCursor", orNull: page.nextBelow.map { HistoryCursor(below: $0, of: query).text })
    }
    return .json(json.finish())
  }

  /// All pages, or as many lines as were asked for, each page read when the caller has taken the one before.
  /// The first is read at once, so that what goes wrong with the question itself is still answered as such.
  private static func lines(
    _ query: HistoryQuery, _ reader: LedgerReader
  ) async throws(Problem) -> HTTPResponse {
    var asked = query
    asked.limit = min(query.limit, linesPerPage)
    let first = try await Problem.explaining { [asked] () async throws(PostgresError) in
      try await reader.history(asked)
    }
    let stream = ResponseStream { writer throws(HTTPStreamError) in
      var csv = HistoryCSV()
      csv.addHead()
      var page = first
      var rest = query
      while true {
        for transaction in page.transactions { csv.add(transaction) }
        try await writer.write(csv.take())
        rest.limit -= page.transactions.count
        guard let next = page.nextBelow, rest.limit > 0 else { return }
        rest.below = next
        var asked = rest
        asked.limit = min(rest.limit, linesPerPage)
        do throws(PostgresError) { page = try await reader.history(asked) } catch { throw .sourceFailed }
      }
    }
    return HTTPResponse(
      .ok, contentType: "text/csv; charset=utf-8; header=present",
      fields: [ResponseField("Content-Disposition", "attachment; filename=\"history.csv\"")],
      body: .stream(stream))
  }

  // MARK: Single things

  private static func transaction(_ lookup: PointTypeLookup, _ reader: LedgerReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let id = try id(in: exchange, of: TransactionID.self)
      let found = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.transaction(id)
      }
      guard let found else { throw nothingThere }
      try await lookup.learnNames(of: CollectionOfOne(found.account.pointType))
      var json = JSONWriter(reservingCapacity: 1024)
      json.transaction(found, lookup.catalog)
      return .json(json.finish())
    }
  }

  private static func posting(_ lookup: PointTypeLookup, _ reader: LedgerReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let id = try id(in: exchange, of: PostingID.self)
      let found = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.posting(id)
      }
      guard let last = found.last else { throw nothingThere }
      try await lookup.learnNames(of: found.map(\.account.pointType))
      var json = JSONWriter(reservingCapacity: 256 + 1024 * found.count)
      json.object {
        $0.field("id", id)
        $0.field("createdAt", last.createdAt)
        $0.arrayField("transactions") {
          for transaction in found { $0.transaction(transaction, lookup.catalog) }
        }
      }
      return .json(json.finish())
    }
  }

  /// What is no id names nothing.
  private static func id<ID: UUIDIdentifier>(
    in exchange: HTTPExchange, of type: ID.Type
  ) throws(Problem) -> ID {
    guard let id = ID(text: try exchange.path("id")) else { throw nothingThere }
    return id
  }

  private static var nothingThere: Problem { Problem(.notFound, "Nothing was posted under this id.") }
}
