// Where the database is and who may enter: what a wrong answer to either looks like.
import EmbeddedServers
import EventLoop
import TestSupport
import Testing

@testable import PostgresClient

@Suite struct ConnectionTests {
  @Test(arguments: [
    ("postgres://points:wrong-secret@127.0.0.1:PORT/points", "password authentication failed"),
    ("postgres://points:PASSWORD@127.0.0.1:PORT/missing", "does not exist"),
    ("postgres://points:wrong-secret@no-such-host.invalid:5432/points", "no-such-host.invalid"),
    ("postgres://points:wrong-secret@127.0.0.1:1/points", "refused"),
  ])
  func `a connection that fails says why, without the password`(url: String, expected: String) async throws {
    let loopback = try PostgresConnectionOptions(
      parsing: try #require(TestDatabase.servers.get().postgres.loopbackURL))
    let real = try #require(loopback.value("password"))
    let text = url.replacing("PORT", with: loopback.value("port") ?? "").replacing("PASSWORD", with: real)
    let options = try PostgresConnectionOptions(parsing: text)
    let error = try await onNewLoop { loop in
      await postgresError { () async throws(PostgresError) in
        try await PostgresSession.connect(options, on: loop).close()
      }
    }
    guard case .connectionFailed(let reason) = error else {
      Issue.record("expected connectionFailed, got \(String(describing: error))")
      return
    }
    #expect(reason.contains(expected))
    #expect(!reason.contains("wrong-secret"))
    #expect(!reason.contains(real))
  }

  @Test func `a host name is resolved by the loop, and a password is accepted`() async throws {
    let loopback = try #require(TestDatabase.servers.get().postgres.loopbackURL)
    let options = try PostgresConnectionOptions(parsing: loopback.replacing("127.0.0.1", with: "localhost"))
    let answer = try await onNewLoop { loop in
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      return try await session.first(AskNumber(number: 4))
    }
    #expect(answer == 4)
  }

  @Test func `a host that does not answer is left for the next one`() async throws {
    let loopback = try #require(TestDatabase.servers.get().postgres.loopbackURL)
    let two = loopback.replacing("127.0.0.1:", with: "no-such-host.invalid:1,127.0.0.1:1,127.0.0.1:")
    let options = try PostgresConnectionOptions(parsing: two)
    let answer = try await onNewLoop { loop in
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      return try await session.first(AskNumber(number: 4))
    }
    #expect(answer == 4)
  }

  @Test(arguments: [
    "postgres://user:se%zzcret@host/db", "host=a secret",
    "postgres://user:secret@host:port:more/db?x=secret=1",
    "postgres://user:secret@[::1/db", "service=secret",
    "postgres://user:se@cret@host/db", "postgres://user:se/cret@host/db",
    "postgres://user:secret@host:99999/db",
    "host=a,b,c port=1,2 password=secret",
  ])
  func `a wrong URL is refused without its text`(url: String) {
    #expect {
      try PostgresConnectionOptions(parsing: url)
    } throws: { error in
      guard case .invalidOptions(let reason)? = error as? PostgresError else { return false }
      return !reason.isEmpty && !"\(error)".contains("cret")
    }
  }

  @Test func `options never show the password`() throws {
    let options = try PostgresConnectionOptions(parsing: "postgres://user:secret@host:1234/db")
    var dumped = ""
    dump(options, to: &dumped)
    for text in ["\(options)", String(reflecting: options), dumped] {
      #expect(!text.contains("secret"))
      #expect(text.contains("host"))
    }
  }

  @Test func `addresses rotate with each attempt and names stay beside them`() throws {
    let options = try PostgresConnectionOptions(
      parsing: "postgres://a:1,b:2/db?sslmode=require&options=-cjit%3Doff")
    let addresses = [
      ConnectionAddress(host: "a", numeric: "10.0.0.1", port: "1"),
      ConnectionAddress(host: "b", numeric: "10.0.0.2", port: "2"),
    ]
    let keywords = options.keywords(for: addresses, first: 3)
    func value(_ name: String) -> [String] { keywords.filter { $0.name == name }.map(\.value) }
    #expect(value("host") == ["b,a"])
    #expect(value("hostaddr") == ["10.0.0.2,10.0.0.1"])
    #expect(value("port") == ["2,1"])
    #expect(value("sslmode") == ["require"])
    #expect(value("gssencmode") == ["disable"])
    #expect(value("options").count == 1)
    // What the caller sets wins over all of ours but the last.
    let own = " -cjit=off -c default_transaction_isolation=read\\ committed"
    #expect(value("options").first?.hasSuffix(own) == true)
    #expect(value("options").first?.contains("statement_timeout=5000") == true)
  }

  @Test func `different numbers of hosts and ports are refused`() {
    #expect(throws: PostgresError.invalidOptions(reason: "it names different numbers of hosts and ports")) {
      try PostgresConnectionOptions(parsing: "host=a,b,c port=1,2")
    }
  }
}
