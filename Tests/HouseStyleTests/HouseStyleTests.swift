// Each rule of the house is a test, and so is that it finds what it looks for.
import Testing

struct HouseStyleTests {
  @Test(arguments: HouseRule.all)
  func `the repository keeps the rule`(rule: HouseRule) {
    let breaches = rule.breaches(.ours)
    #expect(breaches.isEmpty, "\(rule.sentence):\n\(breaches.joined(separator: "\n"))")
  }

  @Test(arguments: HouseRule.all)
  func `a breach of the rule is found at its line, and what is fine is left alone`(rule: HouseRule) {
    #expect(rule.examples.contains { $0.line != nil } && rule.examples.contains { $0.line == nil })
    for example in rule.examples {
      let found = rule.breaches(Repository(files: [SourceFile(path: example.path, text: example.text)]))
      let places = found.map { $0.prefix { $0 != " " } }
      let expected = example.line.map { ["\(example.path):\($0):"] } ?? []
      #expect(places == expected.map { $0[...] }, "\(example.text)")
    }
  }

  @Test func `the rules look at the files of this repository`() {
    let paths = Set(Repository.ours.files.map(\.path))
    #expect(paths.isSuperset(of: ["Package.swift", "Tests/HouseStyleTests/HouseStyleTests.swift"]))
    #expect(Repository.ours.targets.isSuperset(of: ["EventLoop", "Configuration", "points"]))
    #expect(Repository.ours.cModules.isSuperset(of: ["CUV", "CPostgres", "CHiredis"]))
  }

  @Test func `comments and strings are told from code`() {
    let text = SwiftText(
      "a \"\\(b(\"c\"))d\" /* e /* f */ */ g // h\n`i\"j` #\"k\"l\"# \"\"\"\n\"m\"\n\"\"\" n")
    let words = text.codeLines.joined(separator: "\n").split { $0 == " " }
    #expect(words == ["a", "g", "\n`i\"j`", "\n", "\n", "n"])
    #expect(text.strings.map(\.text) == ["c", "\\(b(\"c\"))d", "k\"l", "\n\"m\"\n"])
    #expect(text.strings.map(\.line) == [1, 1, 2, 2])
  }
}
