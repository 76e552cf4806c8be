// Where a setting comes from: flag before environment before default, and every mistake told at once.
import Testing

@testable import Configuration

struct ReadingTests {
  @Test func `nothing but the database gives the defaults`() throws {
    let configuration = try reading().configuration
    #expect(configuration == ServeConfiguration(databaseURL: Secret(database)))
    #expect(configuration.listen == ListenAddress(host: "127.0.0.1", port: 8080))
    #expect(configuration.redisTimeout == .milliseconds(250))
    #expect(configuration.maxBody.bytes == 16 * 1_048_576)
  }

  @Test func `a flag wins over the environment and the environment over the default`() throws {
    let environment = ["POINTS_WORKERS": "3", "POINTS_MAX_CONNECTIONS": "50"]
    let configuration = try reading(["--workers", "4"], environment).configuration
    #expect(configuration.workers == 4)
    #expect(configuration.maxConnections == 50)
  }

  @Test func `a wrong value in the environment is harmless when a flag overrides it`() throws {
    #expect(try reading(["--workers=4"], ["POINTS_WORKERS": "many"]).configuration.workers == 4)
  }

  @Test func `a flag takes its value behind a blank or an equals sign`() throws {
    let configuration = try reading(["--listen", "[::1]:0", "--max-body=2MiB"]).configuration
    #expect(configuration.listen == ListenAddress(host: "::1", port: 0))
    #expect(configuration.maxBody == .mebibytes(2))
  }

  @Test func `a bare switch means on and an explicit off means off`() throws {
    #expect(try reading(["--reuse-port"]).configuration.reusePort)
    #expect(try reading(["--reuse-port", "--workers", "1"]).configuration.reusePort)
    #expect(try !reading(["--reuse-port", "off"], ["POINTS_REUSE_PORT": "on"]).configuration.reusePort)
  }

  @Test func `an empty variable counts as unset`() throws {
    #expect(try reading([], ["POINTS_WORKERS": ""]).configuration.workers == 0)
  }

  @Test(arguments: [[:], ["POINTS_DATABASE_URL": ""], ["POINTS_DATABASE_URL_FILE": ""]])
  func `an unset or empty database is an error that names it`(environment: [String: String]) {
    let error = #expect(throws: ConfigurationErrors.self) {
      try ConfigurationTable.read(arguments: [], environment: environment) { _ in "" }
    }
    #expect(
      error?.description == """
        POINTS_DATABASE_URL is required: set it, or POINTS_DATABASE_URL_FILE, or give --database-url.
        """)
  }

  @Test func `every mistake is reported and not just the first`() {
    let found = errors(
      ["--workers", "many", "--lisen", "x", "--max-body"],
      ["POINTS_DATABASE_URL": "", "POINTS_METRICS": "some"])
    #expect(
      found == [
        .unknownFlag("--lisen", nearest: "--listen"),
        .flagWithoutValue("--max-body", allowed: "a size such as 64KiB or 1MiB, from 1KiB to 256MiB"),
        .missing("POINTS_DATABASE_URL", flag: "--database-url", file: "POINTS_DATABASE_URL_FILE"),
        .wrongValue("--workers", shown: "many", .notAllowed, allowed: "a whole number from 0 to 256"),
        .wrongValue("POINTS_METRICS", shown: "some", .notAllowed, allowed: "one of loopback, any, off"),
      ])
  }

  @Test func `a wrong value is shown beside its name and what is allowed`() {
    #expect(
      errors([], ["POINTS_HEAD_TIMEOUT": "30"]).map(\.description) == [
        "POINTS_HEAD_TIMEOUT is \"30\". "
          + "It must be a duration such as 250ms, 30s or 5m, from 100ms to 1h."
      ])
  }

  @Test func `a wrong value can neither forge a line nor flood the log`() {
    let sentence =
      errors(["--metrics", "\n" + String(repeating: "x", count: 10_000)]).first?.description ?? ""
    #expect(sentence.contains("\\nxxx"))
    #expect(!sentence.contains("\n"))
    #expect(sentence.count < 200)
  }

  @Test func `a flag given twice is refused`() {
    #expect(errors(["--workers", "1", "--workers", "2"]) == [.repeatedFlag("--workers")])
  }

  @Test func `a database flag without its value is one mistake and not two`() {
    #expect(errors(["--database-url"], ["POINTS_DATABASE_URL": ""]).count == 1)
    #expect(errors(["--database-url-file"], ["POINTS_DATABASE_URL": ""]).count == 1)
  }

  @Test func `an unknown variable is a warning with the name that was meant`() throws {
    let environment = ["POINTS_LISTN": "x", "POINTS_SERVICE_HOST": "x", "POINTS_EMPTY": "", "PATH": "/bin"]
    let warnings = try reading([], environment).warnings
    #expect(
      warnings == [
        .unknownVariable("POINTS_LISTN", nearest: "POINTS_LISTEN"),
        .unknownVariable("POINTS_SERVICE_HOST", nearest: nil),
      ])
    #expect(
      warnings.first?.description
        == "POINTS_LISTN is no setting and is ignored; did you mean POINTS_LISTEN?")
  }

  @Test func `help is asked for by either of its flags`() {
    #expect(ConfigurationTable.asksForHelp(["--workers", "1", "--help"]))
    #expect(ConfigurationTable.asksForHelp(["-h"]))
    #expect(!ConfigurationTable.asksForHelp(["--listen", "x"]))
  }
}
