// Where the next page begins, as a text that callers hand back without looking into it: a digit for its form,
// the version that was seen last, and a digest of what was asked, so that the cursor of one query is not
// taken for that of another. It guards against mistakes, not against malice: whoever forges one sees nothing
// but another page of the same history.
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
      let version = UInt64(hexadecimal: bytes[1...16]), let digest = UInt64(hexadecimal: bytes[17...])
    else { return nil }
    (self.version, self.digest) = (version, digest)
  }

  var text: String { Self.form + version.hexadecimal + digest.hexadecimal }

  /// Nil if it is of another query.
  func below(for query: HistoryQuery) -> Int64? {
    let below = Int64(bitPattern: version)
    return digest == Self.digest(of: query) && below > 0 ? below : nil
  }

  /// FNV-1a over all that chooses transactions; the size of a page may change on the way.
  private static func digest(of query: HistoryQuery) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    func add(_ bytes: some Sequence<UInt8>) {
      // No text holds 0xFF, so it divides the parts.
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      hash = (hash ^ 0xFF) &* 1_099_511_628_211
    }
    add(query.account.user.text.utf8)
    add(query.account.pointType.description.utf8)
    add((query.kind?.text ?? "").utf8)
    add((query.category ?? "").utf8)
    add((query.from.map { "\($0.microseconds)" } ?? "").utf8)
    add((query.to.map { "\($0.microseconds)" } ?? "").utf8)
    return hash
  }
}

extension UInt64 {
  /// Sixteen small digits.
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// Nil for anything but sixteen digits as they are written here.
  fileprivate init?(hexadecimal bytes: ArraySlice<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var value: UInt64 = 0
    for byte in bytes {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
      case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
      case _: return nil
      }
    }
    self = value
  }
}
