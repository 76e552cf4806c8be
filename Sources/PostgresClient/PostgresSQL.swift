// The text of a statement, embedded from its file. A session
// prepares it on first use and then calls it by name.
import Synchronization

/// One SQL text and the name it is prepared under.
@usableFromInline
package final class PostgresSQL: Sendable {
  /// What the file is called, for people who read the server's log and `pg_prepared_statements`.
  package let name: String
  /// A small number that is this text's place in every session's list of prepared statements.
  @usableFromInline let index: Int
  /// Both end with NUL, for libpq.
  let text: [CChar]
  let preparedName: [CChar]

  private static let count = Atomic(0)

  /// Made once per text and kept in a `static let`, for the index is never given again.
  package init(_ name: String, _ text: [UInt8]) {
    self.name = name
    index = Self.count.add(1, ordering: .relaxed).oldValue
    self.text = text.map { CChar(bitPattern: $0) } + [0]
    preparedName = Self.preparedName(name, text, generation: 0)
  }

  /// A statement is prepared again under another name, because the old name may still be taken.
  func preparedName(generation: Int) -> [CChar] {
    guard generation > 0 else { return preparedName }
    return Self.preparedName(name, text.dropLast().map { UInt8(bitPattern: $0) }, generation: generation)
  }

  /// Two texts never share a name, even if two files do: the digest of the text is part of it.
  private static func preparedName(_ name: String, _ text: [UInt8], generation: Int) -> [CChar] {
    // FNV-1a.
    let digest = text.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let suffix = generation == 0 ? "" : ".\(generation)"
    let full = "\(name.prefix(40)).\(String(digest, radix: 16))\(suffix)"
    return full.utf8.map { CChar(bitPattern: $0) } + [0]
  }
}
