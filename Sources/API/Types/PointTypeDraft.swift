// Point types as admins write them.
import HTTPServer
import Ledger
import LedgerStore

/// A type that is to be.
struct PointTypeDraft {
  let name: String
  let traits: PointTypeTraits

  init(creating exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    name = try body.string("name", bytes: PointTypeLookup.nameBytesMax)
    guard PointType.isName(name) else {
      throw .field(
        "name",
        "must be 1 to 64 small letters, digits, hyphens and underscores, begin with a letter or digit, "
          + "and not look like a UUID")
    }
    var traits = PointTypeTraits(
      displayName: try body.string(
        "displayName", bytes: PointTypeTraits.displayNameBytesMax, singleLine: true))
    traits.description = try body.optionalString("description", bytes: PointTypeTraits.descriptionBytesMax)
    traits.isEnabled = try body.optionalBool("enabled") ?? true
    traits.minAmount = try body.optionalAmount("minAmount")
    traits.maxAmount = try body.optionalAmount("maxAmount")
    try body.finish()
    guard traits.hasPossibleBounds else { throw Self.boundsCross }
    self.traits = traits
  }

  static var boundsCross: Problem { .field("minAmount", "must not be above \"maxAmount\"") }
}

/// What is to be different. What is not named stays; null takes away what may be missing.
struct PointTypeChange: Sendable {
  private var displayName: String?
  private var isEnabled: Bool?
  private var description: String??
  private var minAmount: Int64??
  private var maxAmount: Int64??

  init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    if body.has("displayName") {
      displayName = try body.string(
        "displayName", bytes: PointTypeTraits.displayNameBytesMax, singleLine: true)
    }
    if body.has("enabled") { isEnabled = try body.bool("enabled") }
    if body.has("description") {
      description = .some(
        try body.optionalString("description", bytes: PointTypeTraits.descriptionBytesMax))
    }
    if body.has("minAmount") { minAmount = .some(try body.optionalAmount("minAmount")) }
    if body.has("maxAmount") { maxAmount = .some(try body.optionalAmount("maxAmount")) }
    try body.finish()
  }

  func apply(to traits: inout PointTypeTraits) {
    if let displayName { traits.displayName = displayName }
    if let isEnabled { traits.isEnabled = isEnabled }
    if let description { traits.description = description }
    if let minAmount { traits.minAmount = minAmount }
    if let maxAmount { traits.maxAmount = maxAmount }
  }
}
