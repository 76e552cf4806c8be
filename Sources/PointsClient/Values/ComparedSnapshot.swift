// What ranks were compared with.

/// A snapshot that tells the ranks before.
public struct ComparedSnapshot: Sendable, Equatable {
  /// What it is called in all calls.
  public let id: String
  /// `close` for a period that is over; `scheduled` or `demand` for any other moment.
  public let purpose: String
  /// The label of the period that it is of.
  public let period: String?
  /// The instant that it shows.
  public let asOf: Timestamp
}

extension ComparedSnapshot {
  init?(ifAny name: String, of fields: Fields) throws(MalformedAnswer) {
    guard let snapshot = try fields.fieldsIfAny(name) else { return nil }
    id = try snapshot.text("snapshotId")
    purpose = try snapshot.text("purpose")
    period = try snapshot.textIfAny("period")
    asOf = try snapshot.timestamp("asOf")
  }
}
