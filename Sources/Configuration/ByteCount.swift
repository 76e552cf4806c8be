// A size in bytes, written with its unit (`64KiB`), so that nobody has to guess whether a number means bytes,
// thousands or powers of two.

package struct ByteCount: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let bytes: Int

  package init(bytes: Int) {
    self.bytes = bytes
  }

  package static func kibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 10) }
  package static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }

  private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

  /// Reads digits followed by `B`, `KiB`, `MiB` or `GiB`; nothing for any other text.
  init?(text: String) {
    guard let quantity = Quantity(text), let bytes = quantity.scaled(by: Self.units) else { return nil }
    self.bytes = bytes
  }

  /// The number in its largest exact unit: what `init(text:)` reads back.
  package var description: String { Quantity.text(bytes, in: Self.units) }

  package static func < (one: ByteCount, other: ByteCount) -> Bool { one.bytes < other.bytes }
}
