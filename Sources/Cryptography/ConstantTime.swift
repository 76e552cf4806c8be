// Comparing secrets. An ordinary comparison ends at the first difference, and the time it takes then tells
// how much of a guess was right.
private import CSodium

package enum ConstantTime {
  /// Takes as long wherever the bytes differ; only the lengths are no secret.
  package static func areEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return unsafe one.withUnsafeBufferPointer { one in
      unsafe other.withUnsafeBufferPointer { other in
        guard let one = one.baseAddress, let otherStart = other.baseAddress else { return true }
        return unsafe sodium_memcmp(one, otherStart, other.count) == 0
      }
    }
  }

  package static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    areEqual(one.span, other.span)
  }
}
