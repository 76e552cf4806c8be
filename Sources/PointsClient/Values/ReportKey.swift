// By what reports of payouts are checked.

/// The public half of a key that reports are signed with, by Ed25519.
public struct ReportKey: Sendable, Equatable {
  /// Tells keys apart; every report names the one that it is signed with.
  public let id: String
  /// `ed25519:` and the key in base64url, as `points verify-report` takes it.
  public let publicKey: String
  /// The same as openssl reads it.
  public let pem: String
}

extension ReportKey: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("keyId")
    publicKey = try fields.text("publicKey")
    pem = try fields.text("pem")
  }
}
