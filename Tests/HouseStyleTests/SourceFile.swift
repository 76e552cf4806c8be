// A file of the repository as the rules see it: its path from the root and its text.

struct SourceFile {
  let path: String
  let text: String
  let lines: [Substring]
  /// Read once per file: several rules look at code apart from comments and strings.
  let swift: SwiftText

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    swift = SwiftText(path.hasSuffix(".swift") ? text : "")
  }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isSource: Bool { path.hasPrefix("Sources/") }
  var isSwiftSource: Bool { isSwift && isSource }

  /// The folder under Sources, which is the target's name.
  var target: String {
    isSource ? String(path.dropFirst("Sources/".count).prefix { $0 != "/" }) : ""
  }

  /// The modules it imports, each with its line and whatever stands before `import`.
  var imports: [(line: Int, access: Substring, module: Substring)] {
    swift.codeLines.enumerated().compactMap { index, line in
      let pattern =
        /^\s*((?:@\w+(?:\(\w+\))?\s+|\w+\s+)*)import\s+(?:(?:struct|class|enum|func|var|let)\s+)?(\w+)/
      guard let match = line.firstMatch(of: pattern) else { return nil }
      return (index + 1, match.1, match.2)
    }
  }

  func breach(_ line: Int, _ what: String) -> String { "\(path):\(line): \(what)" }
}
