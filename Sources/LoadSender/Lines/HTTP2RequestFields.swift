// The fields of a request as HPACK packs them (RFC 7541). What never changes enters the table of the service
// with the first request, and is one byte afterwards, as with any client that packs well.

struct HTTP2RequestFields {
  /// Indices of the static table: how a field is named there, or the whole of it.
  private static let methodGet: UInt8 = 0x82
  private static let methodPost: UInt8 = 0x83
  private static let schemeHTTP: UInt8 = 0x86
  private static let pathName: UInt8 = 0x04
  private static let authorityAdded: UInt8 = 0x41
  private static let authorizationAdded: UInt8 = 0x57
  private static let contentTypeAdded: UInt8 = 0x5F

  private let method: UInt8
  /// The lasting fields: all of them for the first request, and where they stand in the table later.
  private let added: [UInt8]
  private let indexed: [UInt8]

  init(_ plan: LoadPlan) {
    method = plan.subject.isPost ? Self.methodPost : Self.methodGet
    var lasting: [(UInt8, String)] = [
      (Self.authorityAdded, plan.host), (Self.authorizationAdded, "Bearer \(plan.key)"),
    ]
    if plan.subject.isPost { lasting.append((Self.contentTypeAdded, "application/json")) }
    var added: [UInt8] = []
    for (name, value) in lasting {
      added.append(name)
      added.append(packed: Array(value.utf8))
    }
    self.added = added
    // The newest has the first place behind the static table's 61.
    indexed = lasting.indices.map { 0x80 | UInt8(61 + lasting.count - $0) }
  }

  func block(of request: borrowing RequestMaker, isFirst: Bool) -> [UInt8] {
    var block = [method, Self.schemeHTTP]
    block.reserveCapacity(256)
    block.append(Self.pathName)
    block.append(packed: request.path)
    block += isFirst ? added : indexed
    if !request.idempotencyKey.isEmpty {
      block.append(0)
      block.append(packed: Array("idempotency-key".utf8))
      block.append(packed: request.idempotencyKey)
    }
    return block
  }
}

extension [UInt8] {
  /// A string with its length before it, not in Huffman's code.
  fileprivate mutating func append(packed text: [UInt8]) {
    if text.count < 127 {
      append(UInt8(text.count))
    } else {
      append(127)
      var rest = text.count - 127
      while rest >= 128 {
        append(UInt8(rest % 128 + 128))
        rest /= 128
      }
      append(UInt8(rest))
    }
    self += text
  }
}
