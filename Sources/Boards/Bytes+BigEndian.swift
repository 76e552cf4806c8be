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
    precondition(offset >= 0 && offset + 8 <= count, "Eight bytes are read where there are eight.")
    return unsafe withUnsafeBytes { bytes in
      unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  package func bigEndianInteger(at offset: Int) -> Int64 {
    Int64(bitPattern: bigEndianBits(at: offset))
  }
}
