// What part of a history a caller asks for, and the cursors by which the next page is asked for.
import HTTPServer
import Ledger
import LedgerStore

struct HistoryRequest {
  enum Form {
    case json
    case csv
  }

  /// Its limit is that of the whole answer, be it a page or a table.
  let query: HistoryQuery
  let type: PointType
  let form: Form

  init(reading exchange: HTTPExchange, _ lookup: PointTypeLookup) async throws(Problem) {
    var parameters = QueryReader(exchange)
    let user = try parameters.userID("userId")
    let pointType = try parameters.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    let kind = try parameters.optionalString("kind", bytes: 32)
    let category = try parameters.optionalString("category", bytes: 64)
    let from = try parameters.optionalInstant("from")
    let to = try parameters.optionalInstant("to")
    let cursor = try parameters.optionalString("cursor", bytes: 64)
    let format = try parameters.optionalWord("format", of: ["json", "csv"])
    form =
      switch format {
      case "csv": .csv
      case "json": .json
      case _: exchange.prefers("text/csv") ? .csv : .json
      }
    // A table is streamed, so it may be as long as it is.
    let limit = try parameters.integer(
      "limit", in: 1...(form == .csv ? .max : Self.pageMax),
      otherwise: form == .csv ? .max : Self.pageOtherwise)
    try parameters.finish()
    type = try await lookup.type(pointType)
    var query = HistoryQuery(
      account: AccountKey(user: user, pointType: type.id), limit: Int(limit))
    query.kind = try kind.map { (text) throws(Problem) in try Self.kind(text) }
    (query.category, query.from, query.to) = (category, from, to)
    if let cursor {
      guard let below = HistoryCursor(cursor)?.below(for: query) else { throw Self.strangeCursor }
      query.below = below
    }
    self.query = query
  }

  private static let pageMax: Int64 = 1000
  private static let pageOtherwise: Int64 = 25

  private static func kind(_ text: String) throws(Problem) -> Kind {
    guard let kind = Kind(text) else {
      throw Problem(
        .validationFailed,
        "The parameter \"kind\" must be 1 to 32 small letters, digits and underscores, beginning with a "
          + "letter.",
        members: [.text("field", "kind")])
    }
    return kind
  }

  private static var strangeCursor: Problem {
    Problem(
      .validationFailed, "The parameter \"cursor\" is not one that was given for this very query.",
      members: [.text("field", "cursor")])
  }
}
