// Bytes that nobody can guess, for keys and tokens.
private import CSodium

package enum RandomBytes {
  /// From the kernel's generator, through libsodium.
  package static func make(_ count: Int) -> [UInt8] {
    Sodium.initialise()
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { unsafe randombytes_buf(start, count) }
      initialized = count
    }
  }
}
