// Reads the fields of answers: HPACK with a table of its own, for a server that may use all of it but the
// Huffman code, which the tests read too. Strict: what is not understood is an error.

package struct FieldReader {
  private var table: [(String, String)] = []
  private var size = 0
  private let sizeMax = 4096

  package init() {}

  package mutating func read(_ block: [UInt8]) throws -> [(name: String, value: String)] {
    var (fields, at): ([(name: String, value: String)], Int) = ([], 0)
    while at < block.count {
      let first = block[at]
      if first & 0x80 != 0 {
        fields.append(try entry(try integer(block, &at, bits: 7)))
      } else if first & 0xE0 == 0x20 {
        let size = try integer(block, &at, bits: 5)
        guard size <= sizeMax else { throw MalformedFields("a table of \(size) bytes") }
        shrink(to: size)
      } else {
        let isIndexed = first & 0x40 != 0
        let index = try integer(block, &at, bits: isIndexed ? 6 : 4)
        let name = index == 0 ? try text(block, &at) : try entry(index).name
        let field = (name: name, value: try text(block, &at))
        fields.append(field)
        if isIndexed { add(field) }
      }
    }
    return fields
  }

  private mutating func add(_ field: (name: String, value: String)) {
    table.insert((field.name, field.value), at: 0)
    size += field.name.utf8.count + field.value.utf8.count + 32
    shrink(to: sizeMax)
  }

  private mutating func shrink(to limit: Int) {
    while size > limit, let last = table.popLast() { size -= last.0.utf8.count + last.1.utf8.count + 32 }
  }

  private func entry(_ index: Int) throws -> (name: String, value: String) {
    if index >= 1, index <= Self.fixed.count { return Self.fixed[index - 1] }
    guard index > Self.fixed.count, index - Self.fixed.count <= table.count else {
      throw MalformedFields("the field \(index)")
    }
    return table[index - Self.fixed.count - 1]
  }

  private func integer(_ block: [UInt8], _ at: inout Int, bits: Int) throws -> Int {
    let mask = (1 << bits) - 1
    var value = Int(block[at]) & mask
    at += 1
    guard value == mask else { return value }
    var shift = 0
    while at < block.count, shift < 28 {
      value += Int(block[at] & 127) << shift
      at += 1
      if block[at - 1] < 128 { return value }
      shift += 7
    }
    throw MalformedFields("an endless integer")
  }

  private func text(_ block: [UInt8], _ at: inout Int) throws -> String {
    guard at < block.count else { throw MalformedFields("a field without an end") }
    let isHuffman = block[at] & 0x80 != 0
    let count = try integer(block, &at, bits: 7)
    guard at + count <= block.count else { throw MalformedFields("a text too long") }
    let bytes = block[at..<(at + count)]
    at += count
    return isHuffman ? try HuffmanCode.decode(bytes) : String(decoding: bytes, as: UTF8.self)
  }

  /// The table of RFC 7541, appendix A.
  private static let fixed: [(name: String, value: String)] = [
    (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
    (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
    (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
    ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""),
    ("cache-control", ""), ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""),
    ("content-length", ""), ("content-location", ""), ("content-range", ""), ("content-type", ""),
    ("cookie", ""), ("date", ""), ("etag", ""), ("expect", ""), ("expires", ""), ("from", ""), ("host", ""),
    ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""),
    ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""), ("location", ""),
    ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
    ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
    ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""),
    ("via", ""), ("www-authenticate", ""),
  ]
}

/// What is wrong with fields.
package struct MalformedFields: Error {
  package let phrase: String

  init(_ phrase: String) {
    self.phrase = phrase
  }
}
