// points keys.

enum KeysCommand {
  static func run(_ arguments: [String]) -> ExitStatus { .usage }
}
