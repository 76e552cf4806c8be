// A point on the loop's clock. One machine word, because deadlines are compared on every request; the
// standard library's instants are twice as large and count in attoseconds.

/// Nanoseconds since an arbitrary start that never goes back.
@usableFromInline
package struct MonotonicInstant: Sendable, Hashable, Comparable {
  @usableFromInline package var nanoseconds: Int64

  @inlinable
  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  @inlinable
  package static func < (earlier: Self, later: Self) -> Bool {
    earlier.nanoseconds < later.nanoseconds
  }

  @inlinable
  package static func + (instant: Self, duration: Duration) -> Self {
    Self(nanoseconds: instant.nanoseconds &+ duration.wholeNanoseconds)
  }

  /// How long it is until this instant, seen from an earlier one; nothing once it has passed.
  package func remaining(from now: Self) -> Duration {
    .nanoseconds(max(0, nanoseconds &- now.nanoseconds))
  }

  /// How long ago `earlier` was, seen from this instant.
  @inlinable
  package func nanoseconds(since earlier: Self) -> Int64 {
    nanoseconds &- earlier.nanoseconds
  }
}

extension Duration {
  /// The duration as nanoseconds, held within the range of an Int64: 292 years are for ever here.
  @inlinable
  package var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min / 2 : .max / 2 }
    return max(.min / 2, min(.max / 2, product)) + attoseconds / 1_000_000_000
  }
}
