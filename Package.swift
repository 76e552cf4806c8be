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

// Arrows point one way: C modules <- EventLoop <- clients <- API <- Service <- points. The pure modules
// (JSON, Configuration) import nothing of ours.
let package = Package(
  name: "points",
  products: [
    .executable(name: "points", targets: ["points"])
  ],
  targets: [
    .target(name: "CUV", linkerSettings: [.linkedLibrary("uv")]),
    .target(name: "CPostgres", linkerSettings: [.linkedLibrary("pq")]),
    .target(name: "CHiredis", linkerSettings: [.linkedLibrary("hiredis")]),

    module("JSON"),
    module("Configuration"),
    module("EventLoop", uses: ["CUV"]),
    module("PostgresClient", uses: ["EventLoop", "CPostgres"], resources: [.embedInCode("sql")]),
    module("RedisClient", uses: ["EventLoop", "CHiredis"]),
    module("HTTPServer", uses: ["EventLoop", "JSON"]),
    module("EmbeddedServers", resources: [.embedInCode("sql")]),
    module(
      "API", uses: ["EventLoop", "HTTPServer", "PostgresClient", "RedisClient", "JSON"],
      resources: [.embedInCode("sql")]),
    module(
      "Service",
      uses: ["API", "HTTPServer", "PostgresClient", "RedisClient", "EventLoop", "Configuration", "JSON"]),
    module("Benchmark", uses: ["EmbeddedServers"], resources: [.embedInCode("sql")]),
    .executableTarget(
      name: "points",
      dependencies: ["Service", "API", "EventLoop", "Configuration", "EmbeddedServers", "Benchmark"],
      swiftSettings: houseRules),

    tests("JSONTests", uses: ["JSON"]),
    tests("ConfigurationTests", uses: ["Configuration"]),
    .target(
      name: "TestSupport", dependencies: ["EmbeddedServers", "EventLoop"], path: "Tests/TestSupport",
      swiftSettings: houseRules),
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
        "Service", "API", "HTTPServer", "PostgresClient", "RedisClient", "EventLoop", "Configuration",
        "EmbeddedServers", "TestSupport",
      ]),
    tests("PointsTests", uses: ["EmbeddedServers", "TestSupport"]),
    tests("BenchmarkTests", uses: ["Benchmark"]),
    tests("HouseStyleTests", uses: []),
    tests("PackagingTests", uses: []),
  ]
)
