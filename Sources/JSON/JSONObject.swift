// An object keeps its members in the order they were sent, which is how they are stored again. Names are
// compared as bytes: two spellings of one letter are two names.

package struct JSONObject: Sendable {
  package struct Member: Sendable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  package let members: [Member]

  /// The caller vouches that no name is there twice.
  package init(_ members: [Member]) {
    self.members = members
  }

  /// The place of a member. Objects of an API are small, so looking along them beats any table.
  package func index(of name: String) -> Int? {
    for index in members.indices where members[index].name.hasSameBytes(as: name) { return index }
    return nil
  }

  package subscript(_ name: String) -> JSONValue? { index(of: name).map { members[$0].value } }
}

extension String {
  /// Equality of bytes; that of Swift also holds between different spellings of one letter.
  package func hasSameBytes(as other: String) -> Bool {
    // The span of a String is a call; nearly all names differ in length.
    guard utf8.count == other.utf8.count else { return false }
    let mine = utf8.span
    let others = other.utf8.span
    for index in mine.indices where mine[index] != others[index] { return false }
    return true
  }
}
