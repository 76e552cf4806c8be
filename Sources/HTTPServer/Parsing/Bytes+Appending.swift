// Taking over received bytes, which are only lent for the time of a call.

extension [UInt8] {
  /// A copy of the borrowed bytes.
  init(copying bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Appends a copy of the borrowed bytes.
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends within a known final size: the capacity at least doubles each time, so the copying stays linear,
  /// but it never goes beyond `limit`, so what is held never exceeds what was allowed.
  mutating func append(copying bytes: Span<UInt8>, growingUpTo limit: Int) {
    let needed = count + bytes.count
    if needed > capacity {
      reserveCapacity(Swift.max(needed, Swift.min(limit, Swift.max(capacity * 2, 256))))
    }
    append(copying: bytes)
  }
}
