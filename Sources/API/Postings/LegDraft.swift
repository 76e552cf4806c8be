// One change of one account as a caller described it, read and checked by itself: nothing here depends on
// what the ledger holds or on how this installation is set up.
import HTTPServer
import Ledger
import LedgerStore

struct LegDraft {
  let direction: Direction
  let user: UserID
  let amount: Int64
  /// The name or id of the point type; nil means the default type.
  let pointType: String?
  let kind: Kind
  let details: TransactionDetails
  private let metadata: OpaqueObject?
  /// Where it stands in the body, for whoever objects to it later.
  let place: FieldPlace

  /// Reads a whole object, and refuses what else is in it. With a direction given, the object has none.
  init(reading body: inout RequestBody, as given: Direction? = nil) throws(Problem) {
    direction = if let given { given } else { try body.direction() }
    place = body.place
    user = try body.userID("userId")
    amount = try body.amount("amount")
    pointType = try body.text("pointType")
    kind = try body.kind(for: direction)
    var details = TransactionDetails()
    details.category = try body.text("category")
    details.tournamentID = try body.reference("tournamentId")
    details.registrationID = try body.reference("registrationId")
    metadata = try body.readDetails(into: &details)
    self.details = details
    try body.finish()
  }

  /// The legs of a posting.
  static func all(in body: inout RequestBody) throws(Problem) -> [LegDraft] {
    var drafts: [LegDraft] = []
    for var leg in try body.objects("legs", count: 1...Posting.legsMax) {
      drafts.append(try LegDraft(reading: &leg))
    }
    return drafts
  }

  func leg(of type: PointTypeID) -> Leg {
    Leg(
      account: AccountKey(user: user, pointType: type),
      change: direction == .credit ? .credit(amount) : .debit(amount), kind: kind, details: details)
  }

  /// Adds the leg to what its request is told apart by. The type counts, not how it was named.
  func add(to content: inout RequestContent, type: PointTypeID) {
    content.beginLeg()
    content.add(.type, direction == .credit ? 1 : 2)
    content.add(.userId, user.text)
    content.add(.pointType, type.bits)
    content.add(.amount, amount)
    content.add(.kind, kind.text)
    content.add(.category, details.category)
    content.add(.tournamentId, details.tournamentID)
    content.add(.registrationId, details.registrationID)
    details.add(to: &content, metadata: metadata)
  }
}
