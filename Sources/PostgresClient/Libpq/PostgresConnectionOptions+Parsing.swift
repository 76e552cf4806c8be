// libpq parses what it will be given, so that no URL means one thing to us and another to it.
import CPostgres

extension PostgresConnectionOptions {
  /// Parses `postgres://user:password@host:port/database?sslmode=require`, or `host=... dbname=...`.
  package init(parsing text: String) throws(PostgresError) {
    var complaint: UnsafeMutablePointer<CChar>?
    guard let list = unsafe PQconninfoParse(text, &complaint) else {
      let reason = unsafe complaint.map { unsafe String(cString: $0) } ?? "it is not one"
      unsafe PQfreemem(complaint)
      throw .invalidOptions(reason: Self.withoutQuotedText(reason))
    }
    var keywords = unsafe Self.keywords(of: list)
    unsafe PQconninfoFree(list)
    guard !keywords.contains(where: { $0.name == "service" }) else {
      throw .invalidOptions(reason: "service files are not supported")
    }
    let named = Set(keywords.map(\.name))
    if let defaults = unsafe PQconndefaults() {
      keywords += unsafe Self.keywords(of: defaults).filter { !named.contains($0.name) }
      unsafe PQconninfoFree(defaults)
    }
    self.init(keywords: keywords)
    // Better refused at the start than with every attempt to connect.
    _ = try addresses()
  }

  private static func keywords(of list: UnsafeMutablePointer<PQconninfoOption>) -> [Keyword] {
    var keywords: [Keyword] = []
    var next = unsafe list
    while let name = unsafe next.pointee.keyword {
      if let value = unsafe next.pointee.val {
        keywords.append(Keyword(name: unsafe String(cString: name), value: unsafe String(cString: value)))
      }
      unsafe next += 1
    }
    return keywords
  }

  /// libpq quotes the piece it did not understand, and that piece may be a password.
  static func withoutQuotedText(_ reason: String) -> String {
    let line = reason.prefix { $0 != "\n" }
    guard let first = line.firstIndex(of: "\""), let last = line.lastIndex(of: "\"") else {
      return String(line)
    }
    return line[..<first] + "(…)" + line[line.index(after: last)...]
  }
}
