// Secrets: read from files, shown nowhere.
import Testing

@testable import Configuration

struct SecretTests {
  @Test func `printing and reflecting a secret never shows it`() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(ServeConfiguration(databaseURL: secret), to: &dumped)
    #expect(!dumped.contains("hunter2"))
    #expect(dumped.contains("8080"), "the dump shows the fields that are not secret")
    #expect("\(secret) \(String(reflecting: secret)) \(Optional(secret) as Any)".contains("hunter2") == false)
    #expect(secret.revealed == "hunter2")
  }

  @Test func `a file gives the secret without the line break at its end`() throws {
    let environment = ["POINTS_DATABASE_URL_FILE": "/run/db"]
    for ending in ["", "\n", "\r\n"] {
      let configuration = try reading([], environment, files: ["/run/db": database + ending]).configuration
      #expect(configuration.databaseURL.revealed == database)
    }
  }

  @Test func `only one line break is dropped and another is refused`() {
    let found = errors([], ["POINTS_DATABASE_URL_FILE": "/run/db"], files: ["/run/db": database + "\n\n"])
    #expect(found.count == 1)
    #expect(found.first?.description.contains("POINTS_DATABASE_URL_FILE holds a line break") == true)
    #expect(found.first?.description.contains("hunter2") == false)
  }

  @Test func `a file that cannot be read is named`() {
    #expect(
      errors([], ["POINTS_REDIS_URL_FILE": "/run/redis"]).map(\.description) == [
        "POINTS_REDIS_URL_FILE names the file \"/run/redis\", which cannot be read: no such file."
      ])
  }

  @Test func `a secret and its file together are refused`() {
    let environment = ["POINTS_REDIS_URL": "redis://h", "POINTS_REDIS_URL_FILE": "/run/redis"]
    let files = ["/run/redis": "redis://h"]
    #expect(
      errors([], environment, files: files) == [.bothGiven("POINTS_REDIS_URL", "POINTS_REDIS_URL_FILE")])
    let flags = ["--redis-url=redis://h", "--redis-url-file=/run/redis"]
    #expect(errors(flags, files: files) == [.bothGiven("--redis-url", "--redis-url-file")])
  }

  @Test func `a secret flag overrides a file in the environment`() throws {
    let environment = ["POINTS_REDIS_URL_FILE": "/no/such/file"]
    let configuration = try reading(["--redis-url", "redis://flag"], environment).configuration
    #expect(configuration.redisURL.revealed == "redis://flag")
  }

  @Test(arguments: [
    ["--databse-url", "postgres://u:hunter2@h/d"], ["--databse-url=postgres://u:hunter2@h/d"],
    ["postgres://u:hunter2@h/d"], ["--redis-url", "http://:hunter2@h"],
    ["--redis-url=rediss://:hunter2@h"], ["--database-url", "hunter2"], ["--redis-url", "redis://\nhunter2"],
  ])
  func `no mistake with a secret prints the secret`(arguments: [String]) {
    let found = errors(arguments)
    #expect(found.count == 1)
    #expect(found.first?.description.contains("hunter2") == false)
  }

  @Test func `encrypted Redis is refused by name until it is supported`() {
    let found = errors([], ["POINTS_REDIS_URL": "rediss://cache.example:6379/0"])
    #expect(
      found.first?.description.hasPrefix("POINTS_REDIS_URL asks for TLS, which is not supported yet.") == true
    )
  }

  @Test(arguments: [
    ("postgres://me:hunter2@h:5432/d?sslmode=require", "postgres://me:***@h:5432/d?sslmode=require"),
    ("postgresql://h/d?user=me&password=hunter2", "postgresql://h/d?user=me&password=***"),
    ("postgres://me:hunter2@[::1]:5432,h2:1/d", "postgres://me:***@[::1]:5432,h2:1/d"),
    ("host=/tmp port=1 password = 'hun ter2' user=me", "host=/tmp port=1 password=*** user=me"),
    ("password=hunter2\\ x dbname='a b'", "password=*** dbname='a b'"),
    ("redis://:hunter2@h:6379/0", "redis://:***@h:6379/0"),
    ("redis://hunter2@h", "redis://***@h"),
    ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
    ("unix:///run/redis.sock?db=0&password=hunter2", "unix:///run/redis.sock?db=0&password=***"),
    ("postgres://h/d?passw%6Frd=hunter2", "postgres://h/d?passw%6Frd=***"),
    ("postgres://h/d?password=a&hunter2", "postgres://h/d?password=***&***"),
    // Passwords that should have been escaped: nothing but the scheme is certain to be harmless.
    ("postgres://me:hun@ter2@h/d", "postgres://***"),
    ("postgres://me:hun/ter2@h/d", "postgres://***"),
    ("postgres://me:hun?ter2@h/d", "postgres://***"),
    ("postgres://me:hun#ter2@h/d", "postgres://***"),
    ("redis://me:hunter2", "redis://***"),
    ("password='hunter2", "***"),
    ("hunter2", "***"),
    ("", "***"),
  ])
  func `a redacted URL keeps what is harmless and hides the rest`(given: String, shown: String) {
    #expect(Secret(given).redacted == shown)
  }

  @Test func `the start-up description hides passwords and unchanged hidden settings`() throws {
    let lines = try reading(["--redis-url", "redis://:hunter2@h"]).configuration.describe()
    #expect(lines.first == "POINTS_DATABASE_URL=postgres://points:***@db.example:5432/points")
    #expect(lines.contains("POINTS_REDIS_URL=redis://:***@h"))
    #expect(lines.contains("POINTS_LISTEN=127.0.0.1:8080"))
    #expect(!lines.contains { $0.contains("hunter2") || $0.contains("BENCH") })
    let changed = try reading(["--bench-endpoints"]).configuration.describe()
    #expect(changed.contains("POINTS_BENCH_ENDPOINTS=on"))
  }
}
