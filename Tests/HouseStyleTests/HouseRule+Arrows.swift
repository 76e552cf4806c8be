// Rules about who may know whom. Arrows point one way: C modules <- EventLoop <- clients <- stores <-
// Projection <- API <- Service <- points; the pure targets know nothing of ours.

extension HouseRule {
  /// What of ours each target may import. A new target gets its row here, where its place can be seen.
  private static let allowedImports: [String: Set<String>] = [
    "JSON": [],
    "Configuration": [],
    "Calendar": [],
    "Ledger": ["Calendar"],
    "Boards": ["Calendar", "Ledger"],
    "Rewards": ["Boards", "Ledger"],
    "Imports": ["Ledger"],
    "Worlds": ["Ledger"],
    "EventLoop": ["CUV"],
    "PostgresClient": ["EventLoop", "CPostgres"],
    "RedisClient": ["EventLoop", "CHiredis"],
    "HTTPServer": ["EventLoop", "JSON", "CNghttp2"],
    "EmbeddedServers": [],
    "OpenAPI": ["COpenAPI"],
    "LoadSender": ["CEpoll", "CNghttp2"],
    "Benchmark": ["EmbeddedServers"],
    "Cryptography": ["CSodium"],
    "LedgerStore": [
      "Boards", "Calendar", "Cryptography", "EventLoop", "JSON", "Ledger", "PostgresClient", "Rewards",
    ],
    "BoardStore": ["Boards", "BoardScripts", "EventLoop", "Ledger", "RedisClient"],
    "Projection": [
      "Boards", "BoardStore", "EventLoop", "JSON", "Ledger", "LedgerStore", "PostgresClient", "RedisClient",
    ],
    "Verification": [
      "Boards", "BoardStore", "EventLoop", "Ledger", "LedgerStore", "PostgresClient", "Projection",
      "RedisClient",
    ],
    "Jobs": ["Calendar", "EventLoop", "Ledger", "LedgerStore", "PostgresClient"],
    "PointsClient": ["EventLoop", "JSON", "CNghttp2"],
    "API": [
      "Boards", "BoardStore", "Calendar", "Cryptography", "EventLoop", "HTTPServer", "JSON", "Ledger",
      "LedgerStore",
      "OpenAPI", "PostgresClient", "Projection", "RedisClient", "Rewards", "Verification",
    ],
    "Service": [
      "API", "Boards", "BoardScripts", "BoardStore", "Calendar", "Configuration", "EventLoop", "HTTPServer",
      "JSON", "Jobs", "Ledger",
      "LedgerStore", "PostgresClient", "Projection", "RedisClient", "Rewards", "Verification",
    ],
    "points": [
      "API", "Benchmark", "Boards", "Configuration", "Cryptography", "EmbeddedServers", "EventLoop",
      "Imports", "JSON", "Ledger", "LedgerStore", "LoadSender", "PointsClient", "PostgresClient",
      "Projection", "RedisClient", "Service", "Verification", "Worlds",
    ],
  ]

  /// The only targets that touch each C library.
  private static let importersOfC: [String: Set<String>] = [
    "CUV": ["EventLoop"],
    "CEpoll": ["LoadSender"],
    "CPostgres": ["PostgresClient"],
    "CHiredis": ["RedisClient"],
    "CSodium": ["Cryptography"],
    "COpenAPI": ["OpenAPI"],
    "CNghttp2": ["HTTPServer", "LoadSender", "PointsClient"],
  ]

  static let arrows = HouseRule(
    sentence: "Every target imports only what lies below it",
    breaches: { repository in
      let ours = repository.targets.union(allowedImports.keys).union(importersOfC.keys)
      return repository.swiftSources.flatMap { file in
        guard let allowed = allowedImports[file.target] else {
          return [file.breach(1, "\(file.target) has no row in allowedImports of the house style tests")]
        }
        return file.imports.filter {
          ours.contains(String($0.module)) && !allowed.contains(String($0.module))
        }
        .map { file.breach($0.line, "\(file.target) may not import \($0.module)") }
      }
    },
    examples: [
      Example("Sources/JSON/A.swift", "\nimport EventLoop", breachAt: 2),
      Example("Sources/EventLoop/A.swift", "package import struct HTTPServer.Router", breachAt: 1),
      Example("Sources/Ledger/A.swift", "@testable import Boards", breachAt: 1),
      Example("Sources/Novelty/A.swift", "", breachAt: 1),
      Example("Sources/API/A.swift", "// import Boards\nimport Synchronization\nimport JSON", breachAt: nil),
    ])

  static let cModulesAreEnclosed = HouseRule(
    sentence: "Every C module is imported by its owners only, and never passed on",
    breaches: { repository in
      let unlisted = repository.files.filter {
        $0.path.contains("/include/") && importersOfC[$0.target] == nil
      }
      .map { $0.breach(1, "\($0.target) has no row in importersOfC of the house style tests") }
      let imports = repository.swiftSources.flatMap { file in
        file.imports.compactMap { item -> String? in
          guard let owners = importersOfC[String(item.module)] else { return nil }
          if !owners.contains(file.target) {
            return file.breach(item.line, "\(item.module) has other owners")
          }
          return item.access.contains(/\b(public|package)\b/)
            ? file.breach(item.line, "import \(item.module) privately: no C type crosses the module") : nil
        }
      }
      return unlisted + imports
    },
    examples: [
      Example("Sources/API/A.swift", "\nprivate import CPostgres", breachAt: 2),
      Example("Sources/EventLoop/A.swift", "package import CUV", breachAt: 1),
      Example("Sources/CNovelty/include/CNovelty.h", "", breachAt: 1),
      Example("Sources/EventLoop/A.swift", "private import CUV", breachAt: nil),
    ])

  static let noBigLibraries = HouseRule(
    sentence: "Sources import neither Foundation nor Dispatch",
    breaches: { repository in
      repository.swiftSources.flatMap { file in
        file.imports.filter { $0.module.hasPrefix("Foundation") || $0.module == "Dispatch" }
          .map { file.breach($0.line, "use Glibc, Synchronization or the standard library") }
      }
    },
    examples: [
      Example("Sources/A/B.swift", "// Idea.\nimport Foundation", breachAt: 2),
      Example("Sources/A/B.swift", "import class Dispatch.DispatchQueue", breachAt: 1),
      Example("Sources/A/B.swift", "@preconcurrency import FoundationEssentials", breachAt: 1),
      Example("Tests/A/B.swift", "import Foundation", breachAt: nil),
    ])
}
