// A wish to take back what was posted, read and checked by itself.
import HTTPServer
import Ledger
import LedgerStore

struct ReversalDraft {
  let amount: Int64?
  let allowsPartial: Bool
  let details: TransactionDetails
  private let metadata: OpaqueObject?
  let place: FieldPlace

  /// An empty body asks for the whole. A part of a posting of many legs cannot be told by one amount.
  init(reading exchange: HTTPExchange, takesAmount: Bool) throws(Problem) {
    let bytes = exchange.request.body
    var body = try RequestBody(bytes: bytes.isEmpty ? Array("{}".utf8) : bytes)
    place = body.place
    amount = takesAmount ? try body.optionalAmount("amount") : nil
    allowsPartial = try body.optionalBool("allowPartial") ?? false
    var details = TransactionDetails()
    metadata = try body.readDetails(into: &details)
    self.details = details
    try body.finish()
  }

  /// The last leg is taken back first. So the accounts go back the way they came, and a posting that was
  /// possible can be taken back as long as its accounts have not changed since.
  func legs(of originals: [ReversibleTransaction]) -> [Leg] {
    originals.reversed().map { original in
      Leg(
        account: original.account,
        change: .reversal(Reversal(original: original, amount: amount, allowsPartial: allowsPartial)),
        kind: .reversal, details: details)
    }
  }

  func content(
    _ operation: RequestContent.Operation, of originals: [ReversibleTransaction]
  ) -> RequestContent {
    var content = RequestContent(operation)
    for original in originals { content.add(.transaction, original.id.bits) }
    content.beginLeg()
    content.add(.amount, amount)
    content.add(.allowPartial, allowsPartial ? 1 : 0)
    details.add(to: &content, metadata: metadata)
    return content
  }
}
