// What reports of payouts are signed with, and what they are checked with.
import Cryptography

/// The secret half. Whoever has it can sign reports in our name.
package struct ReportKey: Sendable {
  let signing: SigningKey

  /// Reads the seed as `POINTS_REPORT_KEY` has it: 32 bytes in base64url.
  package init?(text: String) {
    guard let seed = Base64URL.bytes(of: text), let signing = SigningKey(seed: seed) else { return nil }
    self.signing = signing
  }

  package var publicKey: PublicReportKey { PublicReportKey(signing.verifyingKey) }

  /// The text of a new one, which nobody else has.
  package static func makeText() -> String {
    Base64URL.text(of: RandomBytes.make(SigningKey.seedByteCount))
  }
}

/// The public half. It is no secret, but it has to come from somebody who is trusted.
package struct PublicReportKey: Sendable, Hashable {
  /// In front of keys and signatures: a table has no other place to say what they are, and no spreadsheet
  /// takes a text that begins like this for a formula.
  static let mark = "ed25519:"

  let key: VerifyingKey

  init(_ key: VerifyingKey) {
    self.key = key
  }

  package init?(text: String) {
    guard text.hasPrefix(Self.mark), let bytes = Base64URL.bytes(of: text.dropFirst(Self.mark.count)),
      let key = VerifyingKey(bytes: bytes)
    else { return nil }
    self.key = key
  }

  package var text: String { Self.mark + Base64URL.text(of: key.bytes) }

  /// Tells keys apart: the first eight bytes of the SHA-256 of the key.
  package var id: String { Hexadecimal.text(of: Array(SHA256.digest(of: key.bytes).prefix(8))) }

  /// As openssl reads it: a SubjectPublicKeyInfo (RFC 8410) in base64 between two lines.
  package var pem: String {
    let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    let text = Base64URL.text(of: prefix + key.bytes).replacing("-", with: "+").replacing("_", with: "/")
    return "-----BEGIN PUBLIC KEY-----\n\(text)=\n-----END PUBLIC KEY-----\n"
  }
}
