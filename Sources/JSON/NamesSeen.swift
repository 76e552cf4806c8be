// Finds a name that an object has twice. Few names are compared one by one; many are put into a set, or an
// object of a hundred thousand names would cost us minutes.

struct NamesSeen {
  private static let fewMax = 16

  /// Empty as long as there are few names.
  private var many: Set<NameBytes> = []

  /// Whether the name is none of the members'. It must be asked for each name, before its member is added.
  mutating func isNew(_ name: String, beside members: [JSONObject.Member]) -> Bool {
    guard members.count >= Self.fewMax else {
      for index in members.indices where members[index].name.hasSameBytes(as: name) { return false }
      return true
    }
    if many.isEmpty {
      for index in members.indices { many.insert(NameBytes(text: members[index].name)) }
    }
    return many.insert(NameBytes(text: name)).inserted
  }
}

/// A name that is equal to another if its bytes are.
private struct NameBytes: Hashable {
  let text: String

  static func == (left: NameBytes, right: NameBytes) -> Bool { left.text.hasSameBytes(as: right.text) }

  func hash(into hasher: inout Hasher) {
    let bytes = text.utf8.span
    unsafe bytes.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}
