// docs/configuration.md, made from the table; a test compares the file with this text.

extension ConfigurationTable {
  package static var markdown: String {
    let sections = SettingGroup.allCases.map { group in
      "\n## \(group.rawValue)\n\n" + heading + settings.filter { $0.group == group }.map(row).joined()
    }
    return introduction + sections.joined()
  }

  private static let introduction = """
    # Configuration

    <!-- Made from the table of settings: points configuration --markdown > docs/configuration.md -->

    `points serve` takes each setting as a flag (`--listen 127.0.0.1:8080` or `--listen=127.0.0.1:8080`) or
    as a variable of the environment. A flag wins over the environment, and the environment over the
    default. An empty variable counts as unset. Everything that is wrong is reported at once, and nothing
    starts; an unknown `POINTS_...` variable is only warned about.

    A secret can be read from a file: give `POINTS_DATABASE_URL_FILE` or `--database-url-file` the file's
    path. One line break at the file's end is dropped. A variable and its `_FILE` together are an error.
    Prefer a file or a variable to a flag, since other users of the machine can see flags. Secrets are never
    logged.

    Durations are whole numbers with `ms`, `s`, `m`, `h` or `d`; sizes have `B`, `KiB`, `MiB` or `GiB`. A
    switch is `on` or `off` (or `true`, `false`), and its bare flag means on.

    """

  private static let heading = """
    | variable | flag | what it does | allowed | default |
    |---|---|---|---|---|

    """

  private static func row(_ setting: Setting) -> String {
    let variables = code(setting.variable) + (setting.fileVariable.map { "<br>" + code($0) } ?? "")
    let flags = code(setting.flag) + (setting.fileFlag.map { "<br>" + code($0) } ?? "")
    let hidden = setting.isHidden ? " Not listed by `--help`." : ""
    let cells = [
      variables, flags, escaped(setting.summary + hidden), escaped(setting.allowed),
      setting.defaultText.map { $0.isEmpty ? "none" : code($0) } ?? "required",
    ]
    return "| " + cells.joined(separator: " | ") + " |\n"
  }

  private static func code(_ text: String) -> String { "`\(escaped(text))`" }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|")
  }
}
