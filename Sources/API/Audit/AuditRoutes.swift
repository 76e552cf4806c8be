// The route of the audit: what was decided, by whom, and how it was before.
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient

package enum AuditRoutes {
  private static let subjectBytesMax = 256

  package static func add(to routes: inout GuardedRoutes, reader: AuditReader) {
    routes.on(.get, "/points/audit", for: .admin, handler: list(reader))
  }

  /// The last first.
  private static func list(_ reader: AuditReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let subject = try query.optionalString("subject", bytes: subjectBytesMax)
      let limit = try query.integer("limit", in: 1...1_000, otherwise: 25)
      let cursor = try query.optionalCursor()
      try query.finish()
      let question = ["audit", subject ?? ""]
      let before = try cursor.map { text throws(Problem) in try id(text, of: question) } ?? .max
      let page = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.page(of: subject, before: before, limit: limit)
      }
      var json = JSONWriter(reservingCapacity: 128 + 512 * page.count)
      json.object {
        $0.arrayField("entries") { for entry in page { $0.entry(entry) } }
        let last = page.count == Int(limit) ? page.last : nil
        $0.field(
          "nextCursor",
          orNull: last.map { PageCursor([UInt64(bitPattern: $0.id)], of: question).text })
      }
      return .json(json.finish())
    }
  }

  private static func id(_ cursor: String, of question: [String]) throws(Problem) -> Int64 {
    guard let numbers = PageCursor.numbers(1, in: cursor, of: question) else { throw .strangeCursor }
    return Int64(bitPattern: numbers[0])
  }
}

extension JSONWriter {
  fileprivate mutating func entry(_ entry: AuditEntry) {
    object {
      $0.field("id", entry.id)
      $0.field("at", entry.at)
      $0.field("actor", entry.actor)
      $0.field("action", entry.action)
      $0.field("subject", entry.subject)
      $0.field("subjectName", entry.subjectName)
      $0.arrayField("changes") { for change in entry.changes { $0.change(change) } }
    }
  }

  private mutating func change(_ change: AuditNote.Change) {
    object {
      $0.field("field", change.field)
      $0.field("was", orNull: change.was)
      $0.field("became", orNull: change.became)
    }
  }
}
