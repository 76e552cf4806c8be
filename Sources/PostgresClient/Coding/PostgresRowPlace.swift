// Where a row is: a page of its table and a line of that page.

/// A `tid`, as the system column `ctid` has it. It is true for as long as the row is locked by whoever asked.
package struct PostgresRowPlace: PostgresValue, Hashable {
  private let page: UInt32
  private let line: UInt16

  package init(page: UInt32, line: UInt16) {
    self.page = page
    self.line = line
  }

  package static var postgresType: PostgresType { .tid }
  package static var postgresArrayType: PostgresType { .tidArray }

  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: page)
    bytes.append(bigEndian: line)
  }

  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    guard bytes.byteCount == 6 else { throw .wrongLength(bytes.byteCount) }
    page = unsafe UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self))
    line = unsafe UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt16.self))
  }
}
