// Rules about what stands in code: nothing that traps on input, nothing left undone, no other language in
// strings, and tests whose names say what they show. A pattern is parsed where it is written, so it is
// written outside of the loops over all lines.

extension HouseRule {
  static let noTraps = HouseRule(
    sentence: "Sources do not use fatalError or try!",
    breaches: { repository in
      let trap = /\bfatalError\s*\(|\btry!/
      return repository.swiftSources.flatMap { file in
        file.swift.codeLines.enumerated().filter { $0.element.contains(trap) }
          .map { file.breach($0.offset + 1, "throw an error, or state a broken invariant as a precondition") }
      }
    },
    examples: [
      Example("Sources/A/B.swift", "\nfatalError(\"no\")", breachAt: 2),
      Example("Sources/A/B.swift", "let a = try! b()", breachAt: 1),
      Example("Sources/A/B.swift", "// try! and\nlet a = \"fatalError(\" /* try! */", breachAt: nil),
    ])

  static let nothingLeftUndone = HouseRule(
    sentence: "Sources and scripts hold no reminder of undone work",
    breaches: { repository in
      let reminder = /\b(TODO|FIXME|XXX)\b/
      return repository.files.filter { !$0.path.hasPrefix("Tests/") }.flatMap { file in
        file.lines.enumerated().filter { $0.element.contains(reminder) }
          .map { file.breach($0.offset + 1, "do it, or write an issue") }
      }
    },
    examples: [
      Example("Sources/A/B.swift", "\n// TODO: later", breachAt: 2),
      Example("lua/a.lua", "-- FIXME", breachAt: 1),
      Example("Sources/A/B.swift", "let TODOs = 1", breachAt: nil),
    ])

  /// A statement is told by a capital verb with something behind it. Bare
  /// BEGIN, COMMIT and ROLLBACK, and SET, are how a connection is steered
  /// and not statements of the product; a bare DELETE is a method of HTTP.
  static let noForeignLanguage = HouseRule(
    sentence: "Sources hold no SQL or Lua inside Swift strings",
    breaches: { repository in
      let (call, statement) = (/redis\.p?call\s*\(/, Self.statement)
      return repository.swiftSources.flatMap { file in
        file.swift.strings.filter { literal in
          literal.text.contains(call) || literal.text.trimmedFirstLine.contains(statement)
        }
        .map { file.breach($0.line, "move the statement or script into a .sql or .lua file") }
      }
    },
    examples: [
      Example("Sources/A/B.swift", "let a =\n  \"SELECT 1\"", breachAt: 2),
      Example("Sources/A/B.swift", "let a = \"\"\"\n  INSERT INTO b\n  \"\"\"", breachAt: 1),
      Example("Sources/A/B.swift", "let a = #\"UPDATE a SET b = \"c\"\"#", breachAt: 1),
      Example("Sources/A/B.swift", "f(\"\\(g(\"x\"))\", \"COPY a FROM STDIN\")", breachAt: 1),
      Example("Sources/A/B.swift", "let a = \"BEGIN ISOLATION LEVEL SERIALIZABLE\"", breachAt: 1),
      Example("Sources/A/B.swift", "let a = \"local a = 1\"", breachAt: 1),
      Example("Sources/A/B.swift", "let a = \"return redis.call('GET', KEYS[1])\"", breachAt: 1),
      Example(
        "Sources/A/B.swift", "let a = [\"BEGIN\", \"DELETE\", \"select a name\"] // SELECT 1", breachAt: nil),
      Example("Tests/A/B.swift", "let a = \"SELECT 1\"", breachAt: nil),
    ])

  private static var statement: Regex<(Substring, Substring)> {
    /^(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|COPY|CREATE|ALTER|DROP|TRUNCATE|LOCK|BEGIN|local)\s+\S/
  }

  static let headedScripts = HouseRule(
    sentence: "Every SQL and Lua file starts with a comment that says what it does",
    breaches: { repository in
      let heading = /^--+[ \t]*\w+[ \t]+\w+/
      return repository.files.filter { $0.path.hasSuffix(".sql") || $0.path.hasSuffix(".lua") }
        .filter { !$0.text.contains(heading) }
        .map { $0.breach(1, "begin with a header: purpose, parameters, result, locks, repeats, cost") }
    },
    examples: [
      Example("lua/a.lua", "return 1\n-- Adds a thing.", breachAt: 1),
      Example("Sources/A/lock.sql", "--\nSELECT 1;", breachAt: 1),
      Example("Sources/A/lock.sql", "-- Locks the accounts.\nSELECT 1;", breachAt: nil),
    ])

  static let testsAreSentences = HouseRule(
    sentence: "Every test is named with a sentence",
    breaches: { repository in
      let (test, sentence) = (/@Test\b[^{]*?\bfunc\s+(`[^`]*`|\w+)/, /^`\S+ \S+ .*\S`$/)
      return repository.files.filter { $0.isSwift && $0.path.hasPrefix("Tests/") }.flatMap { file in
        let code = file.swift.codeLines.joined(separator: "\n")
        return code.matches(of: test)
          .filter { !$0.1.contains(sentence) }
          .map { match in
            let line = code[..<match.1.startIndex].count { $0 == "\n" } + 1
            return file.breach(line, "\(match.1) is no sentence of three words or more in backticks")
          }
      }
    },
    examples: [
      Example("Tests/A/B.swift", "@Test\nfunc addsTwo() {}", breachAt: 2),
      Example(
        "Tests/A/B.swift", "@Test(\n  arguments: [(\"a\", 1)])\n  func `adds two`(a: Int) {}", breachAt: 3),
      Example("Tests/A/B.swift", "@Test(\"Adds two to one\") func adds() {}", breachAt: 1),
      Example("Tests/A/B.swift", "@Test func `a \"sum\" isn't lost`() {}", breachAt: nil),
    ])
}

extension String {
  fileprivate var trimmedFirstLine: Substring { drop(while: \.isWhitespace).prefix { $0 != "\n" } }
}
