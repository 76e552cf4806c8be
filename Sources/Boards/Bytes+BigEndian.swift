// Numbers as bytes, the most significant first: so bytes are in the order of the numbers, if none is
// negative.

extension [UInt8] {
  @inlinable
  package mutating func append(bigEndian number: Int64) {
    append(bigEndian: UInt64(bitPattern: number))
  }

  @inlinable
  package mutating func append(bigEndian number: UInt64) {
    unsafe Swift.withUnsafeBytes(of: number.bigEndian) { unsafe append(contentsOf: $0) }
  }

  /// The eight bytes from here on; the caller knows that they are there.
  package func bigEndianBits(at offset: Int) -> UInt64 {
    var bits: UInt64 = 0
    for index in offset..<offset + 8 { bits = bits << 8 | UInt64(self[index]) }
    return bits
  }

  package func bigEndianInteger(at offset: Int) -> Int64 {
    Int64(bitPattern: bigEndianBits(at: offset))
  }
}
