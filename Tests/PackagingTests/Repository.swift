// The files of the repository, read as text.

import Foundation

enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Runs a program in the root of the repository and returns its exit status and what it wrote.
  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// The names of settings in a text, such as POINTS_LISTEN.
  static func settingNames(in text: String) -> Set<String> {
    Set(text.matches(of: /POINTS_[A-Z_]+[A-Z]/).map { String($0.output) })
  }

  /// Every setting there is: the documentation is made from the table of settings, and a test keeps it so.
  static func documentedSettings() throws -> Set<String> {
    settingNames(in: try text("docs/configuration.md"))
  }
}
