// Signatures by Ed25519 (RFC 8032): whoever has the public key can tell what the owner of the secret one has
// signed, and can sign nothing. The same key makes the same signature of the same message each time.
private import CSodium

/// A secret key, made of a seed of 32 bytes. Printing, dumping and reflecting it show its public half only.
package struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
  package static var seedByteCount: Int { 32 }

  package let verifyingKey: VerifyingKey
  /// The seed with the public key behind it, as libsodium wants it.
  private let secret: [UInt8]

  /// Nil if it is not 32 bytes.
  package init?(seed: [UInt8]) {
    guard seed.count == Self.seedByteCount else { return nil }
    Sodium.initialise()
    var (open, secret) = (
      [UInt8](repeating: 0, count: VerifyingKey.byteCount), [UInt8](repeating: 0, count: 64)
    )
    let status = unsafe crypto_sign_ed25519_seed_keypair(&open, &secret, seed)
    guard status == 0, let verifyingKey = VerifyingKey(bytes: open) else { return nil }
    self.verifyingKey = verifyingKey
    self.secret = secret
  }

  /// 64 bytes.
  package func signature(of message: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: VerifyingKey.signatureByteCount)
    let status = unsafe crypto_sign_ed25519_detached(
      &signature, nil, message, UInt64(message.count), secret)
    precondition(status == 0, "Ed25519 signs any message.")
    return signature
  }

  package var description: String { "the secret of \(Hexadecimal.text(of: verifyingKey.bytes))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The public half of a key.
package struct VerifyingKey: Sendable, Hashable {
  package static var byteCount: Int { 32 }
  package static var signatureByteCount: Int { 64 }

  package let bytes: [UInt8]

  /// Nil if it is not 32 bytes. Whether they are a point of the curve is found out when something is checked.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Whether the owner of the secret half has signed just this.
  package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard signature.count == Self.signatureByteCount else { return false }
    Sodium.initialise()
    return unsafe crypto_sign_ed25519_verify_detached(
      signature, message, UInt64(message.count), bytes) == 0
  }
}
