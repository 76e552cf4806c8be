// `points serve --help`: one block per group, flags in a left column, beside each what it does and below that
// its variable and default.

extension ConfigurationTable {
  package static var helpText: String {
    let shown = settings.filter { !$0.isHidden }
    let margin = (shown.map { leftColumn(of: $0).count }.max() ?? 0) + 4
    let blocks = SettingGroup.allCases.compactMap { group in
      let members = shown.filter { $0.group == group }
      return members.isEmpty ? nil : group.rawValue + "\n" + members.map { entry($0, margin) }.joined()
    }
    return introduction + "\n" + blocks.joined(separator: "\n")
  }

  private static let introduction = """
    Usage: points serve [--flag value ...]

    A setting is given as a flag or as a variable of the environment; the flag wins. A secret can be read from
    a file instead: POINTS_DATABASE_URL_FILE=/run/secrets/database, or --database-url-file.

    """

  private static func leftColumn(of setting: Setting) -> String {
    "  \(setting.flag) \(setting.placeholder)"
  }

  private static func entry(_ setting: Setting, _ margin: Int) -> String {
    let left = leftColumn(of: setting)
    let source = [setting.variable, setting.fileVariable].compactMap(\.self).joined(separator: " or ")
    let note =
      "\(source), \(setting.defaultText.map { $0.isEmpty ? "optional" : "default \($0)" } ?? "required")"
    let right = [setting.summary, note].flatMap { wrapped($0, width: 110 - margin) }
    let indented = right.map { String(repeating: " ", count: margin) + $0 }.joined(separator: "\n")
    return left + indented.dropFirst(left.count) + "\n"
  }

  private static func wrapped(_ sentence: String, width: Int) -> [String] {
    var lines = [""]
    for word in sentence.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
