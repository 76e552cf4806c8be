// What a process holds in memory, from the texts of /proc.

/// In kibibytes.
struct MemoryUse: Sendable, Equatable {
  /// Pages in memory.
  let resident: Int
  /// The same, where a page shared with other processes counts by its share.
  let proportional: Int

  /// `status` is /proc/PID/status, `smaps` is /proc/PID/smaps_rollup.
  init(status: String, smaps: String) throws(BenchmarkError) {
    resident = try Self.kibibytes(of: "VmRSS:", in: status)
    proportional = try Self.kibibytes(of: "Pss:", in: smaps)
  }

  private static func kibibytes(of name: Substring, in text: String) throws(BenchmarkError) -> Int {
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, words[0] == name, words[2] == "kB", let count = Int(words[1]) else { continue }
      return count
    }
    throw .unreadable(what: "the memory of the service (\(name))", text: text)
  }
}
