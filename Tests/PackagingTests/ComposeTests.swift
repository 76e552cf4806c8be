// docker-compose.yml, judged without an engine to run it.

import Foundation
import Testing

struct ComposeTests {
  private let compose: Compose

  init() throws {
    compose = try Compose()
  }

  @Test func `it runs the service, stock Postgres and stock Redis`() throws {
    #expect(compose.serviceNames == ["points", "postgres", "redis"])
    #expect(try compose.service("points")["build"] as? String == ".")
    #expect(try compose.service("postgres")["image"] as? String == "postgres:16")
    #expect(try compose.service("redis")["image"] as? String == "redis:7")
  }

  @Test func `the service waits until both are healthy`() throws {
    let waits = try #require(compose.service("points")["depends_on"] as? [String: [String: String]])
    #expect(
      waits == ["postgres": ["condition": "service_healthy"], "redis": ["condition": "service_healthy"]])
    for name in ["postgres", "redis"] {
      let check = try #require(compose.service(name)["healthcheck"] as? [String: Any])
      #expect((check["test"] as? [String])?.isEmpty == false)
    }
  }

  @Test func `the data of both are on volumes that exist`() throws {
    for name in ["postgres", "redis"] {
      let mounts = try compose.strings("volumes", of: name).map { $0.split(separator: ":").map(String.init) }
      let mount = try #require(mounts.first)
      #expect(compose.volumeNames.contains(mount[0]))
      #expect(mount[1] == (name == "postgres" ? "/var/lib/postgresql/data" : "/data"))
    }
  }

  @Test func `Postgres keeps what it answered, and makes few checkpoints`() throws {
    let command = try compose.strings("command", of: "postgres")
    let settings = [
      "max_wal_size=4GB", "checkpoint_timeout=15min", "shared_buffers=${DATABASE_BUFFERS:-256MB}",
    ]
    // Nothing else, so nothing that would make it forget what it answered.
    #expect(command == ["postgres"] + settings.flatMap { ["-c", $0] })
  }

  @Test func `Redis evicts nothing and keeps a log of its writes`() throws {
    let command = try compose.strings("command", of: "redis")
    func value(of option: String) -> String? {
      command.firstIndex(of: option).flatMap { $0 + 1 < command.count ? command[$0 + 1] : nil }
    }
    #expect(value(of: "--maxmemory-policy") == "noeviction")
    #expect(value(of: "--appendonly") == "yes")
    #expect(value(of: "--requirepass")?.contains("${REDIS_PASSWORD:?") == true)
  }

  @Test func `no password has a default`() throws {
    let text = try Repository.text("docker-compose.yml")
    // $$ would be a literal dollar; :- and - give a default, and a bare name an empty one.
    let substitutions = text.matches(of: /\$\{([A-Z_]+)([^}]*)\}/)
    #expect(substitutions.count >= 5)
    for substitution in substitutions where substitution.output.1.contains("PASSWORD") {
      #expect(substitution.output.2.hasPrefix(":?"), "\(substitution.output.0) may be empty")
    }
    let keys = ["POSTGRES_PASSWORD", "POINTS_DATABASE_URL", "POINTS_REDIS_URL", "REDISCLI_AUTH"]
    let values = try compose.serviceNames.flatMap { try compose.environment(of: $0) }.filter {
      keys.contains($0.key)
    }
    #expect(values.count == keys.count)
    for (key, value) in values {
      #expect(value.contains("_PASSWORD:?"), "\(key) holds a password of its own")
    }
    #expect(!text.contains("POSTGRES_HOST_AUTH_METHOD"))
  }

  @Test func `every setting of the service exists`() throws {
    let given = Set(try compose.environment(of: "points").keys)
    #expect(given == ["POINTS_DATABASE_URL", "POINTS_MIGRATE", "POINTS_REDIS_URL", "POINTS_LISTEN"])
    // Comments included: what is called POINTS_... is a setting of the service, or misleads.
    let named = Repository.settingNames(in: try Repository.text("docker-compose.yml"))
    #expect(named.subtracting(try Repository.documentedSettings()) == [])
  }

  @Test func `only this machine can reach the service, and nobody the servers`() throws {
    let ports = try compose.strings("ports", of: "points")
    #expect(!ports.isEmpty && ports.allSatisfy { $0.hasPrefix("127.0.0.1:") })
    #expect(try compose.strings("ports", of: "postgres") == [])
    #expect(try compose.strings("ports", of: "redis") == [])
  }
}
