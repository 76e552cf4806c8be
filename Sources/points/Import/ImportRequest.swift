// What somebody asks of `points import`.

struct ImportRequest: PostingRequest {
  static let prefixBytesMax = 64

  /// "-" means standard input.
  let path: String
  /// Lines under another prefix are other lines, whatever they say.
  let prefix: String
  let reportPath: String?
  let isDryRun: Bool
  let createsTypes: Bool
  let settings: [String]

  init(_ arguments: [String]) throws(OwnArguments.Mistake) {
    let given = try OwnArguments(
      arguments, flags: ["--key-prefix", "--report"], switches: ["--dry-run", "--create-types"])
    guard given.words.count == 1, let path = given.words.first else {
      throw OwnArguments.Mistake(
        sentence: given.words.isEmpty
          ? "name the file, or - for standard input" : "one file at a time; \(given.words[1]) is one more")
    }
    self.path = path
    prefix = given.values["--key-prefix"] ?? "import"
    guard (1...Self.prefixBytesMax).contains(prefix.utf8.count), prefix.utf8.allSatisfy({ $0 >= 0x20 }) else {
      throw OwnArguments.Mistake(sentence: "--key-prefix must be 1 to \(Self.prefixBytesMax) bytes of text")
    }
    reportPath = given.values["--report"]
    isDryRun = given.switches.contains("--dry-run")
    createsTypes = given.switches.contains("--create-types")
    settings = given.settings
  }
}
