// How close the instants of an expression come to each other: what takes long must not be due all the time.

extension CronExpression {
  /// Whether two of the next instants are closer to each other than this. Fields name minutes, so those that
  /// are not intervals never are closer than one.
  package func isDenser(
    thanSeconds gap: Int64, after instant: UnixMicroseconds, in zone: TimeZone
  ) -> Bool {
    var last: UnixMicroseconds?
    for _ in 0..<Self.looksMax {
      guard let due = next(after: last ?? instant, in: zone) else { return false }
      if let last, due - last < gap * 1_000_000 { return true }
      last = due
    }
    return false
  }

  private static var looksMax: Int { 64 }
}
