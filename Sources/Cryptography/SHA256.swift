// SHA-256, for whatever somebody else is to check with the tools that every system has. Among ourselves
// content is compared by BLAKE2b, which is faster.
private import CSodium

/// Takes content piece by piece and ends in the digest of all of it.
@safe
package struct SHA256: ~Copyable {
  package static var byteCount: Int { 32 }

  /// libsodium's own.
  private let state: UnsafeMutableRawPointer

  package init() {
    Sodium.initialise()
    unsafe state = .allocate(byteCount: crypto_hash_sha256_statebytes(), alignment: 64)
    let status = unsafe crypto_hash_sha256_init(state.assumingState)
    precondition(status == 0, "SHA-256 needs nothing to begin.")
  }

  deinit {
    unsafe state.deallocate()
  }

  package mutating func add(_ bytes: Span<UInt8>) {
    let status = unsafe bytes.withUnsafeBufferPointer {
      unsafe crypto_hash_sha256_update(state.assumingState, $0.baseAddress, UInt64($0.count))
    }
    precondition(status == 0, "SHA-256 takes any content.")
  }

  package mutating func add(_ bytes: [UInt8]) {
    add(bytes.span)
  }

  package consuming func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Self.byteCount)
    let status = unsafe crypto_hash_sha256_final(state.assumingState, &digest)
    precondition(status == 0, "SHA-256 makes 32 bytes of any content.")
    return digest
  }

  package static func digest(of content: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.add(content)
    return hash.finish()
  }
}

extension UnsafeMutableRawPointer {
  fileprivate var assumingState: UnsafeMutablePointer<crypto_hash_sha256_state> {
    unsafe assumingMemoryBound(to: crypto_hash_sha256_state.self)
  }
}
