// What a caller wants to know of one user's points.
import HTTPServer
import Ledger

struct BalanceQuery {
  let user: UserID
  let pointType: String?
  let minVersion: Int64
  let asksLedger: Bool
  let instant: Instant?
  let includesHistory: Bool

  var asksForAllTypes: Bool { pointType == "*" }

  init(reading exchange: HTTPExchange) throws(Problem) {
    var query = QueryReader(exchange)
    user = try query.userID("userId")
    pointType = try query.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    let minVersion = try query.optionalInteger("minVersion", in: 0...Int64.max)
    self.minVersion = minVersion ?? 0
    asksLedger = try query.optionalWord("consistency", of: ["ledger"]) != nil
    instant = try query.optionalInstant("at")
    includesHistory = try query.optionalWord("include", of: ["history"]) != nil
    try query.finish()
    if instant != nil, minVersion != nil { throw Self.cannotJoin("minVersion", "at") }
    if instant != nil, includesHistory { throw Self.cannotJoin("include", "at") }
    guard asksForAllTypes else { return }
    if instant != nil { throw Self.cannotJoin("at", "pointType=*") }
    if minVersion != nil { throw Self.cannotJoin("minVersion", "pointType=*") }
    if includesHistory { throw Self.cannotJoin("include", "pointType=*") }
  }

  private static func cannotJoin(_ name: String, _ other: String) -> Problem {
    Problem(
      .validationFailed, "The parameter \"\(name)\" cannot be used together with \"\(other)\".",
      members: [.text("field", name)])
  }
}
