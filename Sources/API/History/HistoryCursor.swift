// Where the next page begins, as a text that callers hand back without looking into it: a digit for its form,
// the version that was seen last, and a digest of what was asked, so that the cursor of one query is not
// taken for that of another. It guards against mistakes, not against malice: whoever forges one sees nothing
// but another page of the same history.
import Cryptography
import Ledger
import LedgerStore

struct HistoryCursor {
  private static let form = "1"
  private static let textBytes = 33

  private let version: UInt64
  private let digest: UInt64

  init(below version: Int64, of query: HistoryQuery) {
    self.version = UInt64(bitPattern: version)
    digest = Self.digest(of: query)
  }

  /// Nil for a text that is no cursor.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.textBytes, text.hasPrefix(Self.form),
      let version = UInt64(hexadecimal: bytes.span.extracting(1..<17)),
      let digest = UInt64(hexadecimal: bytes.span.extracting(17...))
    else { return nil }
    (self.version, self.digest) = (version, digest)
  }

  var text: String { Self.form + version.hexadecimal + digest.hexadecimal }

  /// Nil if it is of another query.
  func below(for query: HistoryQuery) -> Int64? {
    let below = Int64(bitPattern: version)
    return digest == Self.digest(of: query) && below > 0 ? below : nil
  }

  /// Of all that chooses transactions; the size of a page may change on the way.
  private static func digest(of query: HistoryQuery) -> UInt64 {
    var digest = DigestBuilder()
    for part in [
      query.account.user.text, query.account.pointType.description, query.kind?.text ?? "",
      query.category ?? "", query.from.map { "\($0.microseconds)" } ?? "",
      query.to.map { "\($0.microseconds)" } ?? "",
    ] {
      digest.add(part: part.utf8.span)
    }
    return digest.finish().words.0
  }
}
