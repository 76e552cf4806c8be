// Whether a report is as it was signed: takes its bytes in pieces of any size, and keeps no more of them than
// could be its last line.
import Cryptography

package struct ReportCheck: ~Copyable {
  package enum Verdict: Sendable, Equatable {
    case genuine
    /// Its last line is no signature: it was cut off, or added to, or is something else.
    case unsigned
    /// By a key with this id.
    case signedByAnother(keyID: String)
    /// What is before the last line is not what was signed.
    case changed
    /// The signature was not made with the key.
    case forged
  }

  private var hash = SHA256()
  private var tail: [UInt8] = []
  /// Of a table: as many as its first line names, which are signed with the rest. Other releases have others.
  private var columns = 1
  private var isFirstLine = true

  package init() {}

  package mutating func add(_ bytes: [UInt8]) {
    if isFirstLine { countColumns(bytes) }
    tail += bytes
    guard tail.count > 16 * ReportSeal.lineBytesMax else { return }
    pass(tail.count - ReportSeal.lineBytesMax)
  }

  private mutating func countColumns(_ bytes: [UInt8]) {
    let line = bytes.prefix { $0 != Self.lineFeed }
    columns += line.count { $0 == UInt8(ascii: ",") }
    isFirstLine = line.count == bytes.count
  }

  /// What cannot be part of the last line any more.
  private mutating func pass(_ count: Int) {
    hash.add(Array(tail.prefix(count)))
    tail.removeFirst(count)
  }

  package consuming func verdict(by key: PublicReportKey) -> Verdict {
    guard tail.last == Self.lineFeed else { return .unsigned }
    pass(tail.dropLast().lastIndex(of: Self.lineFeed).map { $0 + 1 } ?? 0)
    guard let seal = ReportSeal(line: tail, columns: columns) else { return .unsigned }
    guard seal.publicKey == key else { return .signedByAnother(keyID: seal.publicKey.id) }
    let digest = hash.finish()
    guard seal.digest == digest else { return .changed }
    return seal.isGenuine ? .genuine : .forged
  }

  private static var lineFeed: UInt8 { 0x0A }
}
