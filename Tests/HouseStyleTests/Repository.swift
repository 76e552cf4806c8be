// The files the rules are about: the package manifest and everything of ours under Sources, Tests and lua.

import Foundation

struct Repository {
  let files: [SourceFile]

  /// This repository, read once for all rules.
  static let ours = Repository(
    root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent())

  init(files: [SourceFile]) {
    self.files = files
  }

  private init(root: URL) {
    let kinds: Set = ["swift", "c", "h", "sql", "lua"]
    let walked = ["Sources", "Tests", "lua"].flatMap { folder in
      (FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.allObjects ?? [])
        .compactMap { $0 as? String }.map { "\(folder)/\($0)" }
    }
    let paths = ["Package.swift"] + walked.filter { kinds.contains(URL(filePath: $0).pathExtension) }.sorted()
    files = paths.compactMap { path in
      (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map {
        SourceFile(path: path, text: $0)
      }
    }
  }

  var swiftSources: [SourceFile] { files.filter(\.isSwiftSource) }

  /// Every folder under Sources: a target each.
  var targets: Set<String> { Set(files.map(\.target)).subtracting([""]) }

  /// The targets that only show a C library to Swift.
  var cModules: Set<String> { Set(files.filter { $0.path.contains("/include/") }.map(\.target)) }
}
