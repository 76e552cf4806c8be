// Instants. Postgres counts microseconds from the year 2000, everybody else from 1970; the difference is
// settled here and nowhere else.

/// A `timestamptz`: an instant in microseconds. The time zone is only how Postgres prints it.
@usableFromInline
package struct PostgresTimestamp: PostgresValue, Hashable, Comparable {
  @usableFromInline package var unixMicroseconds: Int64

  @inlinable
  package init(unixMicroseconds: Int64) {
    self.unixMicroseconds = unixMicroseconds
  }

  /// Postgres's `infinity`, later than every instant.
  @inlinable package static var infinity: Self { Self(unixMicroseconds: .max) }
  /// Postgres's `-infinity`, earlier than every instant.
  @inlinable package static var negativeInfinity: Self { Self(unixMicroseconds: .min) }

  @inlinable package static var postgresType: PostgresType { .timestamptz }
  @inlinable package static var postgresArrayType: PostgresType { .timestamptzArray }

  /// 2000-01-01 00:00:00 UTC.
  @usableFromInline static var epoch: Int64 { 946_684_800_000_000 }

  @inlinable
  package static func < (earlier: Self, later: Self) -> Bool {
    earlier.unixMicroseconds < later.unixMicroseconds
  }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: microsecondsSince2000)
  }

  /// An instant before the range of Postgres stays out of range, so that the server refuses it; it must not
  /// turn into an infinity by overflowing.
  @inlinable
  var microsecondsSince2000: Int64 {
    guard self != .infinity, self != .negativeInfinity else { return unixMicroseconds }
    let (difference, overflow) = unixMicroseconds.subtractingReportingOverflow(Self.epoch)
    return overflow ? .min + 1 : max(difference, .min + 1)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    let microseconds = try bytes.wholeInteger(Int64.self)
    guard microseconds != .max, microseconds != .min else {
      unixMicroseconds = microseconds
      return
    }
    let (sum, overflow) = microseconds.addingReportingOverflow(Self.epoch)
    guard !overflow, sum != .max else { throw .outOfRange }
    unixMicroseconds = sum
  }
}
