// Rules about the look of a file: width, length, name, and the comment at its head.

extension HouseRule {
  static let narrowLines = HouseRule(
    sentence: "No line of Swift is wider than 110 columns, none of SQL or Lua wider than 120",
    breaches: { repository in
      repository.files.flatMap { file in
        let most = file.isSwift ? 110 : [".sql", ".lua"].contains { file.path.hasSuffix($0) } ? 120 : Int.max
        return file.lines.enumerated().filter { $0.element.count > most }.map { index, line in
          file.breach(index + 1, "\(line.count) columns")
        }
      }
    },
    examples: [
      Example("Tests/A/B.swift", "\n" + String(repeating: "x", count: 111), breachAt: 2),
      Example("Tests/A/B.swift", String(repeating: "ü", count: 110), breachAt: nil),
      Example("Sources/A/b.sql", "\n" + String(repeating: "x", count: 121), breachAt: 2),
      Example("lua/b.lua", String(repeating: "x", count: 120), breachAt: nil),
    ])

  static let shortFiles = HouseRule(
    sentence: "No file in Sources or lua has more than 350 lines",
    breaches: { repository in
      repository.files.filter {
        ($0.isSource || $0.path.hasPrefix("lua/")) && $0.text.count { $0 == "\n" } > 350
      }
      .map { $0.breach(351, "the file goes on to line \($0.text.count { $0 == "\n" }); split it by topic") }
    },
    examples: [
      Example("Sources/A/B.swift", String(repeating: "\n", count: 351), breachAt: 351),
      Example("lua/b.lua", String(repeating: "\n", count: 351), breachAt: 351),
      Example("Sources/A/B.swift", String(repeating: "\n", count: 350), breachAt: nil),
    ])

  static let speakingNames = HouseRule(
    sentence: "No file or folder is named after nothing in particular",
    breaches: { repository in
      repository.files.filter {
        $0.path.contains(/(?i:utils?|utilit(y|ies)|helpers?|managers?|common)(?![a-z])/)
      }
      .map { $0.breach(1, "name the file or folder after what it is, not Utils, Helpers, Common or Manager") }
    },
    examples: [
      Example("Sources/Common/B.swift", "", breachAt: 1),
      Example("Sources/A/PoolManager.swift", "", breachAt: 1),
      Example("Tests/A/StringUtils.swift", "", breachAt: 1),
      Example("lua/helpers.lua", "", breachAt: 1),
      Example("Sources/A/Commonwealth.swift", "", breachAt: nil),
    ])

  static let ideaFirst = HouseRule(
    sentence: "Every Swift file starts with its idea, before or right after the imports",
    breaches: { repository in
      repository.files.filter(\.isSwift).compactMap { file in
        let imports = file.imports.map(\.line)
        let first = file.lines.enumerated().first { index, line in
          !line.allSatisfy(\.isWhitespace) && !imports.contains(index + 1)
        }
        let isComment = first?.element.hasPrefix("//") == true
        return isComment
          ? nil : file.breach((first?.offset ?? 0) + 1, "say the file's idea in a comment first")
      }
    },
    examples: [
      Example("Sources/A/B.swift", "import Glibc\n\nstruct B {}", breachAt: 3),
      Example("Sources/A/B.swift", "", breachAt: 1),
      Example("Tests/A/B.swift", "import Testing\n\nstruct B {}", breachAt: 3),
      Example("Sources/A/B.swift", "// Idea.\nimport Glibc\nstruct B {}", breachAt: nil),
      Example("Sources/A/B.swift", "private import Glibc\n\n/// Idea.\nstruct B {}", breachAt: nil),
    ])
}
