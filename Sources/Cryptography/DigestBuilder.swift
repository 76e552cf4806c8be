// A digest of parts that never lie side by side. Parts are told apart by their lengths where it matters, so
// that no two lists of parts make the same digest by sharing their bytes differently.
private import CSodium

/// Takes content piece by piece and ends in the digest of all of it.
@safe
package struct DigestBuilder: ~Copyable {
  /// libsodium's own; it wants more alignment than a Swift value would give it.
  private let state: UnsafeMutableRawPointer

  package init() {
    Sodium.initialise()
    unsafe state = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
    let status = unsafe crypto_generichash_init(OpaquePointer(state), nil, 0, Digest.byteCount)
    precondition(status == 0, "BLAKE2b makes digests of 32 bytes.")
  }

  deinit {
    unsafe state.deallocate()
  }

  package mutating func add(_ bytes: Span<UInt8>) {
    let status = unsafe bytes.withUnsafeBufferPointer {
      unsafe crypto_generichash_update(OpaquePointer(state), $0.baseAddress, UInt64($0.count))
    }
    precondition(status == 0, "BLAKE2b takes any content.")
  }

  package mutating func add(_ bytes: [UInt8]) {
    add(bytes.span)
  }

  /// Eight bytes, the highest first.
  package mutating func add(_ number: UInt64) {
    let bytes: InlineArray<8, UInt8> = InlineArray { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    add(bytes.span)
  }

  /// A part behind its length.
  package mutating func add(part: Span<UInt8>) {
    add(UInt64(part.count))
    add(part)
  }

  package consuming func finish() -> Digest {
    unsafe Digest { digest in
      unsafe crypto_generichash_final(OpaquePointer(state), digest, Digest.byteCount)
    }
  }
}
