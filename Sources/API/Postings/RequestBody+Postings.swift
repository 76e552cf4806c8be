// The fields that all postings share. Their lengths are those that the tables allow.
import HTTPServer
import Ledger
import LedgerStore

extension RequestBody {
  private static let referenceBytes = 128
  private static let reasonBytes = 512
  private static let descriptionBytes = 2048
  private static let metadataBytes = 4096

  mutating func direction() throws(Problem) -> Direction {
    let text = try required("type", text("type"))
    guard let direction = Direction(rawValue: text) else {
      throw problem("type", "must be \"credit\" or \"debit\"")
    }
    return direction
  }

  /// What a leg is unless it says otherwise: an award or a purchase.
  mutating func kind(for direction: Direction) throws(Problem) -> Kind {
    guard let text = try text("kind") else { return direction == .credit ? .award : .purchase }
    guard let kind = Kind(text) else {
      throw problem(
        "kind", "must be 1 to 32 small letters, digits and underscores, beginning with a letter")
    }
    guard !Kind.reserved.contains(kind) else {
      throw problem("kind", "must not be \(kind.text), which only operations of their own make")
    }
    return kind
  }

  /// An id of the caller's, or of a thing of the caller's.
  mutating func reference(_ name: String) throws(Problem) -> String? {
    try optionalString(name, bytes: Self.referenceBytes, singleLine: true)
  }

  /// What a posting and a reversal both can tell. The metadata is given back, for its canonical bytes.
  mutating func readDetails(into details: inout TransactionDetails) throws(Problem) -> OpaqueObject? {
    details.reason = try optionalString("reason", bytes: Self.reasonBytes)
    details.description = try optionalString("description", bytes: Self.descriptionBytes)
    details.actor = try reference("actor")
    details.validatorID = try reference("validatorId")
    details.relatedTo = try reference("relatedTo")
    details.occurredAt = try optionalInstant("occurredAt")
    let metadata = try optionalObject("metadata", bytes: Self.metadataBytes)
    details.metadata = metadata.map { String(decoding: $0.compactBytes, as: UTF8.self) }
    return metadata
  }
}

extension TransactionDetails {
  func add(to content: inout RequestContent, metadata: OpaqueObject?) {
    content.add(.reason, reason)
    content.add(.description, description)
    content.add(.actor, actor)
    content.add(.validatorId, validatorID)
    content.add(.relatedTo, relatedTo)
    content.add(.occurredAt, occurredAt?.microseconds)
    if let metadata { content.add(.metadata, bytes: metadata.canonicalBytes.span) }
  }
}
