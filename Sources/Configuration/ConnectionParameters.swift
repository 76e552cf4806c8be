// The key=value form of a Postgres connection string, as libpq reads it: pairs between blanks, blanks allowed
// around `=`, values quoted with `'` when they hold blanks, a backslash before a literal quote or backslash.

struct ConnectionParameters {
  private(set) var pairs: [(key: String, value: String)] = []

  /// Nothing when the text is not of this form, or holds no pair at all.
  init?(_ text: String) {
    var rest = text[...]
    Self.skipBlanks(&rest)
    while !rest.isEmpty {
      guard let pair = Self.takePair(&rest) else { return nil }
      pairs.append(pair)
      Self.skipBlanks(&rest)
    }
    if pairs.isEmpty { return nil }
  }

  private static func takePair(_ rest: inout Substring) -> (key: String, value: String)? {
    let key = rest.prefix { $0.isASCII && ($0.isLowercase || $0 == "_") }
    guard !key.isEmpty else { return nil }
    rest = rest[key.endIndex...]
    skipBlanks(&rest)
    guard rest.popFirst() == "=" else { return nil }
    skipBlanks(&rest)
    guard let value = rest.first == "'" ? takeQuoted(&rest) : takeBare(&rest) else { return nil }
    return (String(key), value)
  }

  private static func takeQuoted(_ rest: inout Substring) -> String? {
    rest.removeFirst()
    var value = ""
    while let character = rest.popFirst() {
      if character == "'" { return value }
      guard let literal = character == "\\" ? rest.popFirst() : character else { return nil }
      value.append(literal)
    }
    return nil
  }

  private static func takeBare(_ rest: inout Substring) -> String? {
    var value = ""
    while let character = rest.first, !character.isWhitespace {
      rest.removeFirst()
      guard let literal = character == "\\" ? rest.popFirst() : character else { return nil }
      value.append(literal)
    }
    return value
  }

  private static func skipBlanks(_ rest: inout Substring) {
    rest = rest.drop(while: \.isWhitespace)
  }
}
