// Whether two requests under one key are the same request, and if not, in which field they differ. The whole
// is compared by a digest nobody can forge; the fields by two bytes each, which is enough to name one for a
// person.

package struct RequestFingerprint: Sendable, Equatable {
  /// The fields in the order of their bytes.
  package enum Field: String, Sendable, CaseIterable {
    case operation, transaction, legs, type, userId, pointType, amount, allowPartial, kind, category, reason
    case description, actor, validatorId, relatedTo, tournamentId, registrationId, occurredAt, metadata
  }

  package static let wholeLength = 16

  package let bytes: [UInt8]

  /// 16 bytes of a digest of everything, then two for each field.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Nil if the other is of the same request; else the first field that differs. Two differing requests whose
  /// fields look alike in their short digests differ in something, and `operation` is as good a name as any.
  package func difference(from other: RequestFingerprint) -> Field? {
    guard bytes.prefix(Self.wholeLength) != other.bytes.prefix(Self.wholeLength) else { return nil }
    for (index, field) in Field.allCases.enumerated() {
      let start = Self.wholeLength + index * 2
      guard bytes.count >= start + 2, other.bytes.count >= start + 2 else { break }
      if bytes[start] != other.bytes[start] || bytes[start + 1] != other.bytes[start + 1] { return field }
    }
    return .operation
  }
}
