// What `--version` said, as far as we need it.

struct ProgramVersion: Sendable, Equatable {
  let text: String
  let major: Int

  /// Finds the version in an answer such as `postgres (PostgreSQL) 15.20 (Debian ...)` or `Redis server
  /// v=7.0.15 ...`: it is in the first word that starts with a digit, with or without `v=`.
  init?(answer: String) {
    let words = answer.split(whereSeparator: \.isWhitespace).map { $0.hasPrefix("v=") ? $0.dropFirst(2) : $0 }
    guard let version = words.first(where: { $0.first.map { "0"..."9" ~= $0 } ?? false }) else { return nil }
    guard let major = Int(version.prefix { "0"..."9" ~= $0 }) else { return nil }
    (self.text, self.major) = (String(version), major)
  }
}
