// swift-tools-version: 6.3
import PackageDescription

/// Every target of ours is built under the same rules: a warning is an error, and unsafe code says so.
let houseRules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func module(
  _ name: String, uses dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: houseRules)
}

func tests(
  _ name: String, uses dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: houseRules)
}

/// The scripts in `lua/`, one verb each, and what stands in front of several of them.
let boardScripts = [
  "advance_accounts", "apply_accounts", "begin_epoch", "check_accounts", "correct_sum",
  "drop_epoch", "find_outdated", "find_places", "find_scores", "finish_epoch", "keep_slots",
  "list_slots", "move_position", "rank_rows", "read_around", "read_distribution", "read_page",
  "read_quantiles", "read_ranks", "remove_ghosts", "retire_epoch", "retire_slots", "scan_accounts",
  "scan_board", "scan_scores", "scan_states", "score_values", "weigh_mirror",
]

// Arrows point one way: C modules <- EventLoop <- clients <- stores <- Projection <- API <- Service <-
// points. The pure modules (JSON, Configuration, Calendar, Ledger, Boards) import nothing of ours.
let package = Package(
  name: "points",
  products: [
    .executable(name: "points", targets: ["points"]),
    .library(name: "PointsClient", targets: ["PointsClient"]),
  ],
  targets: [
    .target(name: "CUV", linkerSettings: [.linkedLibrary("uv")]),
    .target(name: "CEpoll"),
    .target(name: "CPostgres", linkerSettings: [.linkedLibrary("pq")]),
    .target(name: "CHiredis", linkerSettings: [.linkedLibrary("hiredis")]),
    .target(name: "CSodium", linkerSettings: [.linkedLibrary("sodium")]),
    .target(name: "COpenAPI", exclude: ["openapi.yaml"]),
    .target(name: "CNghttp2", linkerSettings: [.linkedLibrary("nghttp2")]),

    module("JSON"),
    module("Configuration"),
    module("Calendar"),
    module("Ledger", uses: ["Calendar"]),
    module("Boards", uses: ["Calendar", "Ledger"]),
    module("Rewards", uses: ["Boards", "Ledger"]),
    module("Imports", uses: ["Ledger"]),
    module("Worlds", uses: ["Ledger"]),
    module("Cryptography", uses: ["CSodium"]),
    module("EventLoop", uses: ["CUV"]),
    module("PostgresClient", uses: ["EventLoop", "CPostgres"], resources: [.embedInCode("sql")]),
    module("RedisClient", uses: ["EventLoop", "CHiredis"]),
    module("OpenAPI", uses: ["COpenAPI"]),
    module("HTTPServer", uses: ["EventLoop", "JSON", "CNghttp2"]),
    module("LoadSender", uses: ["CEpoll", "CNghttp2"]),
    module("EmbeddedServers", resources: [.embedInCode("sql")]),
    .target(
      name: "BoardScripts", dependencies: ["RedisClient"], path: "lua",
      resources: boardScripts.map { .embedInCode("\($0).lua") }, swiftSettings: houseRules),
    module(
      "LedgerStore",
      uses: [
        "Calendar", "Ledger", "Boards", "Rewards", "PostgresClient", "EventLoop", "Cryptography", "JSON",
      ],
      resources: [.embedInCode("sql")]),
    module("BoardStore", uses: ["Ledger", "Boards", "BoardScripts", "RedisClient", "EventLoop"]),
    module(
      "Projection",
      uses: [
        "Ledger", "Boards", "LedgerStore", "BoardStore", "PostgresClient", "RedisClient", "EventLoop", "JSON",
      ]),
    module(
      "Verification",
      uses: [
        "Ledger", "Boards", "LedgerStore", "BoardStore", "Projection", "PostgresClient", "RedisClient",
        "EventLoop",
      ]),
    module("Jobs", uses: ["Calendar", "Ledger", "LedgerStore", "PostgresClient", "EventLoop"]),
    module("PointsClient", uses: ["EventLoop", "JSON", "CNghttp2"]),
    module(
      "API",
      uses: [
        "Calendar", "Ledger", "Boards", "Rewards", "LedgerStore", "BoardStore", "Projection", "Verification",
        "Cryptography",
        "EventLoop", "HTTPServer",
        "PostgresClient", "RedisClient", "JSON", "OpenAPI",
      ],
      resources: [.embedInCode("sql")]),
    module(
      "Service",
      uses: [
        "Calendar", "API", "Ledger", "Boards", "Rewards", "Jobs", "LedgerStore", "BoardScripts", "BoardStore",
        "Projection",
        "Verification", "HTTPServer",
        "PostgresClient",
        "RedisClient",
        "EventLoop", "Configuration", "JSON",
      ]),
    module(
      "Benchmark", uses: ["EmbeddedServers"], resources: [.embedInCode("sql"), .embedInCode("lua")]),
    .executableTarget(
      name: "points",
      dependencies: [
        "Service", "API", "PointsClient", "Ledger", "Boards", "LedgerStore", "Projection", "Verification",
        "Imports", "Worlds", "Cryptography", "JSON", "PostgresClient", "RedisClient", "EventLoop",
        "Configuration", "EmbeddedServers", "LoadSender", "Benchmark",
      ],
      swiftSettings: houseRules),

    tests("JSONTests", uses: ["JSON", "TestSupport"]),
    tests("ConfigurationTests", uses: ["Configuration"]),
    .target(
      name: "TestSupport",
      dependencies: [
        "EmbeddedServers", "EventLoop", "Ledger", "LedgerStore", "PostgresClient", "RedisClient",
      ],
      path: "Tests/TestSupport", swiftSettings: houseRules),
    tests("EventLoopTests", uses: ["EventLoop", "TestSupport"]),
    tests(
      "PostgresClientTests", uses: ["PostgresClient", "EmbeddedServers", "EventLoop", "TestSupport"],
      resources: [.embedInCode("sql")]),
    tests("RedisClientTests", uses: ["RedisClient", "EmbeddedServers", "EventLoop", "TestSupport"]),
    tests("HTTPServerTests", uses: ["HTTPServer", "EventLoop", "TestSupport"]),
    tests("EmbeddedServersTests", uses: ["EmbeddedServers", "TestSupport"]),
    tests(
      "ServiceTests",
      uses: [
        "Service", "API", "HTTPServer", "PostgresClient", "RedisClient", "EventLoop", "LedgerStore",
        "BoardStore", "Boards", "Ledger", "Verification", "PointsClient", "Configuration", "EmbeddedServers",
        "LoadSender", "BoardScripts", "Calendar", "Jobs", "Projection", "TestSupport",
      ]),
    tests(
      "JobsTests",
      uses: [
        "Jobs", "Calendar", "LedgerStore", "Ledger", "PostgresClient", "EventLoop", "EmbeddedServers",
        "TestSupport",
      ]),
    tests("CryptographyTests", uses: ["Cryptography"]),
    tests(
      "CalendarTests", uses: ["Calendar", "TestSupport"], resources: [.embedInCode("zoneinfo_oracle.py")]),
    tests("LedgerTests", uses: ["Ledger", "TestSupport"]),
    tests("BoardsTests", uses: ["Boards", "Calendar", "Ledger", "TestSupport"]),
    tests("RewardsTests", uses: ["Rewards", "Boards", "Ledger", "TestSupport"]),
    tests("ImportsTests", uses: ["Imports", "Ledger", "TestSupport"]),
    tests("WorldsTests", uses: ["Worlds", "Ledger", "TestSupport"]),
    tests(
      "LedgerStoreTests",
      uses: [
        "LedgerStore", "Ledger", "Boards", "Rewards", "Calendar", "Cryptography", "PostgresClient",
        "EventLoop", "EmbeddedServers", "TestSupport",
      ]),
    tests(
      "BoardStoreTests",
      uses: [
        "BoardStore", "BoardScripts", "Boards", "Ledger", "RedisClient", "EventLoop", "EmbeddedServers",
        "TestSupport",
      ]),
    tests(
      "ProjectionTests",
      uses: [
        "Projection", "BoardStore", "BoardScripts", "Boards", "LedgerStore", "Ledger", "PostgresClient",
        "RedisClient",
        "EventLoop", "EmbeddedServers", "TestSupport",
      ]),
    tests(
      "VerificationTests",
      uses: [
        "Verification", "Projection", "BoardStore", "BoardScripts", "Boards", "LedgerStore", "Ledger",
        "PostgresClient", "RedisClient", "EventLoop", "EmbeddedServers", "TestSupport",
      ]),
    tests("PointsClientTests", uses: ["PointsClient", "EventLoop", "JSON", "TestSupport"]),
    tests(
      "APITests",
      uses: [
        "API", "Cryptography", "LedgerStore", "Ledger", "HTTPServer", "PostgresClient", "RedisClient",
        "EventLoop", "JSON",
        "BoardScripts", "BoardStore", "Boards", "Rewards", "Calendar", "Projection", "Verification",
        "EmbeddedServers", "TestSupport",
      ]),
    tests("PointsTests", uses: ["EmbeddedServers", "TestSupport"]),
    tests("BenchmarkTests", uses: ["Benchmark"]),
    tests("LoadSenderTests", uses: ["LoadSender"]),
    tests("HouseStyleTests", uses: []),
    tests("PackagingTests", uses: []),
  ]
)
