// The end of a log, short enough for an error message and long enough to hold its cause.

enum LogTail {
  private static let lineLimit = 12

  static func of(_ text: String) -> String {
    text.split(separator: "\n").suffix(lineLimit).joined(separator: "\n")
  }
}
