// A line of an import, read and checked by itself: nothing here depends on what the ledger holds. The bounds
// are those of the ledger's tables.
package import Ledger

package struct ImportLine: Sendable {
  package static let displayNameBytesMax = 256
  package static let reasonBytesMax = 512
  package static let descriptionBytesMax = 2048

  /// Reads an instant of RFC 3339.
  package typealias InstantReading = @Sendable (String) -> Instant?

  package let line: Int
  package let user: UserID
  /// The name or id of the point type.
  package let type: String
  package let balance: Int64
  package let displayName: String?
  package let details: TransactionDetails

  package init(
    _ record: CSVRecord, _ header: ImportHeader, latest: Instant, readInstant: InstantReading
  ) throws(LineRefusal) {
    if let defect = record.defect { throw LineRefusal(defect) }
    guard record.count == header.names.count else {
      throw LineRefusal(
        .wrongColumnCount, "the line has \(record.count) fields and the header \(header.names.count)")
    }
    line = record.line
    user = try Self.user(record, header)
    type = try Self.text(.type, record, header) ?? ""
    balance = try Self.balance(record, header)
    displayName = try Self.text(.displayName, record, header, bytes: Self.displayNameBytesMax)
    var details = TransactionDetails()
    details.reason = try Self.text(.reason, record, header, bytes: Self.reasonBytesMax, lines: true)
    details.description = try Self.text(
      .description, record, header, bytes: Self.descriptionBytesMax, lines: true)
    details.occurredAt = try Self.instant(record, header, latest: latest, readInstant)
    self.details = details
  }

  // MARK: Fields

  private static func user(_ record: CSVRecord, _ header: ImportHeader) throws(LineRefusal) -> UserID {
    let bytes = bytes(.user, record, header)
    guard let text = String(validating: bytes, as: UTF8.self), let user = UserID(text) else {
      throw LineRefusal(
        .invalidUser,
        "the user must be 1 to \(UserID.longest) bytes of UTF-8 without control characters")
    }
    return user
  }

  /// Digits and nothing else, so that no one's thousands are another's decimals.
  private static func balance(_ record: CSVRecord, _ header: ImportHeader) throws(LineRefusal) -> Int64 {
    let bytes = bytes(.balance, record, header)
    let isNumber = !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) } && bytes.first != 0x30
    guard isNumber else {
      throw LineRefusal(
        .invalidAmount,
        "the balance must be a whole number above zero, written with digits alone and without leading zeros")
    }
    var balance: Int64 = 0
    for byte in bytes {
      let (product, overflows) = balance.multipliedReportingOverflow(by: 10)
      let (sum, alsoOverflows) = product.addingReportingOverflow(Int64(byte - 0x30))
      guard !overflows, !alsoOverflows else {
        throw LineRefusal(.invalidAmount, "the balance is above \(Int64.max)")
      }
      balance = sum
    }
    return balance
  }

  private static func instant(
    _ record: CSVRecord, _ header: ImportHeader, latest: Instant, _ read: InstantReading
  ) throws(LineRefusal) -> Instant? {
    guard let text = try text(.occurredAt, record, header) else { return nil }
    guard let instant = read(text) else {
      throw LineRefusal(.invalidTime, "occurred_at must be an instant like 2026-01-31T12:00:00Z (RFC 3339)")
    }
    guard instant <= latest else { throw LineRefusal(.invalidTime, "occurred_at lies in the future") }
    return instant
  }

  /// Nil where there is no such column, or nothing in it.
  private static func text(
    _ column: ImportHeader.Column, _ record: CSVRecord, _ header: ImportHeader, bytes most: Int = .max,
    lines: Bool = false
  ) throws(LineRefusal) -> String? {
    let bytes = bytes(column, record, header)
    guard !bytes.isEmpty else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw LineRefusal(.invalidText, "\(column.rawValue) is not UTF-8")
    }
    guard bytes.count <= most else {
      throw LineRefusal(.invalidText, "\(column.rawValue) is longer than \(most) bytes")
    }
    let isClean = text.unicodeScalars.allSatisfy { scalar in
      let isLineBreak = scalar == "\n" || scalar == "\r" || scalar == "\t"
      return !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)) || (lines && isLineBreak)
    }
    guard isClean else {
      throw LineRefusal(.invalidText, "\(column.rawValue) has control characters")
    }
    return text
  }

  private static func bytes(
    _ column: ImportHeader.Column, _ record: CSVRecord, _ header: ImportHeader
  ) -> ArraySlice<UInt8> {
    guard let place = header.place(of: column) else { return [] }
    return record.field(place)
  }
}
