// Which transactions of a user are asked for.

struct HistoryQuery: Sendable {
  let userID: String
  let pointType: String?
  let kind: String?
  let category: String?
  let from: Timestamp?
  let to: Timestamp?
  let limit: Int?

  func target(cursor: String?) -> Target {
    var target = Target("/points/history")
    target.append("userId", userID)
    target.append("pointType", pointType)
    target.append("kind", kind)
    target.append("category", category)
    target.append("from", from?.description)
    target.append("to", to?.description)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return target
  }
}
