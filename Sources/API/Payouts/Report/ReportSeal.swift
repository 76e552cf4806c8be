// The last line of a report, by which all before it proves itself. What is signed is not the report but a
// short text with its SHA-256, so that a report of any length is signed while it is written, and checked with
// nothing but sha256sum and openssl.
import Cryptography
import JSON

struct ReportSeal: Sendable, Equatable {
  let publicKey: PublicReportKey
  /// SHA-256 of all bytes before the line.
  let digest: [UInt8]
  let signature: [UInt8]

  /// Signs what has this digest.
  init(of digest: [UInt8], by key: ReportKey) {
    publicKey = key.publicKey
    self.digest = digest
    signature = key.signing.signature(of: Self.message(digest))
  }

  var isGenuine: Bool { publicKey.key.verifies(signature, of: Self.message(digest)) }

  /// The number is that of the format; another one is never taken for this.
  private static func message(_ digest: [UInt8]) -> [UInt8] {
    Array("points payout report 1\n\(Hexadecimal.text(of: digest))\n".utf8)
  }

  // MARK: As a line

  /// As the last record of a table of so many columns: the last four are its own.
  func record(columns: Int) -> [UInt8] {
    let between = String(repeating: ",", count: max(1, columns - cells.count))
    return Array("signature\(between)\(cells.joined(separator: ","))\r\n".utf8)
  }

  private var cells: [String] {
    [
      publicKey.id, publicKey.text, Hexadecimal.text(of: digest),
      PublicReportKey.mark + Base64URL.text(of: signature),
    ]
  }

  /// The end of a JSON document.
  var document: [UInt8] {
    let cells = cells
    var json = JSONWriter(reservingCapacity: 512)
    json.object {
      $0.field("keyId", cells[0])
      $0.field("publicKey", cells[1])
      $0.field("sha256", cells[2])
      $0.field("value", cells[3])
    }
    return Array(",\"signature\":".utf8) + json.finish() + Array("}\n".utf8)
  }

  // MARK: Reading

  /// Longer than any last line.
  static let lineBytesMax = 4_096

  /// Reads the last line of a report, with its end; a table has so many columns. Nil unless it is, byte for
  /// byte, the line that the seal would be.
  init?(line: [UInt8], columns: Int) {
    guard let text = String(validating: line, as: UTF8.self) else { return nil }
    let isDocument = text.hasPrefix(",")
    guard let cells = isDocument ? Self.cells(ofDocument: text) : Self.cells(ofTable: text),
      let publicKey = PublicReportKey(text: cells[1]), cells[3].hasPrefix(PublicReportKey.mark),
      let signature = Base64URL.bytes(of: cells[3].dropFirst(PublicReportKey.mark.count))
    else { return nil }
    self.publicKey = publicKey
    digest = Self.bytes(ofHexadecimal: cells[2])
    self.signature = signature
    guard line == (isDocument ? document : record(columns: columns)) else { return nil }
  }

  private static func cells(ofDocument text: String) -> [String]? {
    let object = "{" + text.dropFirst()
    guard case .object(let whole)? = try? JSONValue(parsing: Array(object.utf8)),
      case .object(let seal)? = whole["signature"]
    else { return nil }
    var cells: [String] = []
    for name in ["keyId", "publicKey", "sha256", "value"] {
      guard case .string(let cell)? = seal[name] else { return nil }
      cells.append(cell)
    }
    return cells
  }

  private static func cells(ofTable text: String) -> [String]? {
    let cells = text.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return cells.count > 4 ? Array(cells.suffix(4)) : nil
  }

  /// What is no pair of digits becomes none that has the same text again.
  private static func bytes(ofHexadecimal text: String) -> [UInt8] {
    let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue ?? 0 }
    return stride(from: 0, to: digits.count - digits.count % 2, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
