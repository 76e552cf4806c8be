// A payout as somebody asks for it.
import Cryptography
import HTTPServer
import Ledger
import LedgerStore

struct PayoutDraft {
  let snapshot: String
  /// Whether it is only to be looked at.
  let isPreview: Bool
  /// Nothing is planned but what has this hash.
  let hash: Digest?
  let rulesAt: Instant?

  init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    snapshot = try body.string("snapshotId", bytes: 36)
    isPreview = try body.optionalBool("preview") ?? false
    hash = try body.optionalHash()
    rulesAt = try body.optionalInstant("rulesAt")
    try body.finish()
    guard rulesAt.map({ $0 <= .now }) ?? true else { throw .field("rulesAt", "must not lie in the future") }
    guard hash == nil || !isPreview else { throw .field("hash", "does not go with preview") }
  }
}

extension RequestBody {
  mutating func optionalHash() throws(Problem) -> Digest? {
    guard let text = try optionalString("hash", bytes: 64) else { return nil }
    guard let digest = Digest(hexadecimal: text) else {
      throw .field("hash", "must be the 64 hexadecimal digits of a plan's hash")
    }
    return digest
  }

  mutating func hash() throws(Problem) -> Digest {
    guard let hash = try optionalHash() else { throw .field("hash", "is required") }
    return hash
  }
}

extension Digest {
  fileprivate init?(hexadecimal text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for first in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt64(hexadecimal: digits.span.extracting(first..<first + 2)) else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    self.init(bytes: bytes)
  }
}
