// How to reach a database, and what we insist on once there. The address is
// libpq's own (a URL or `key=value` pairs) and is parsed by libpq; what we add
// are the limits without which a stopped process keeps its locks for hours.

/// Where the database is, who we are, and the limits of every session.
package struct PostgresConnectionOptions: Sendable {
  package enum Isolation: String, Sendable {
    /// Each statement sees what is committed when it begins.
    case readCommitted = "read committed"
    /// All statements see the moment of the first one.
    case repeatableRead = "repeatable read"
  }

  /// One `keyword=value` of libpq.
  struct Keyword: Sendable {
    var name: String
    var value: String
  }

  /// What the URL says, and behind it what the environment says (PGHOST and its kin).
  var keywords: [Keyword]

  package var applicationName = "points"
  /// The server cancels a statement that runs longer.
  package var statementTimeout = Duration.seconds(5)
  /// The server gives up waiting for a lock after this time.
  package var lockTimeout = Duration.seconds(2)
  /// The server ends a session that leaves its transaction open without a word.
  package var idleInTransactionTimeout = Duration.seconds(10)
  package var connectTimeout = Duration.seconds(5)
  /// What we wait beyond `statementTimeout` before the session is closed: normally the server speaks first.
  package var answerMargin = Duration.seconds(1)
  /// Commands whose answers one session waits for at most.
  package var inFlightLimit = 1024
  /// The role every session takes at its start: what it may do is then decided by that role, whoever logs in.
  package var role: String?
  /// What every transaction sees, whatever a database has for its default.
  package var isolation = Isolation.readCommitted
  /// Settings of every session, such as `enable_seqscan`.
  package var settings: [(name: String, value: String)] = []
  /// Looks at each new session before anybody uses it; what it throws ends the session.
  package var admission: (@Sendable (PostgresSession) async throws(PostgresError) -> Void)?
  /// Called for each notice or warning of the server, on the loop.
  package var noticed: (@Sendable (String) -> Void)?

  /// How long one unit of work may take, from sending it to its last answer.
  package var answerTimeout: Duration { statementTimeout + answerMargin }

  /// Who logs in, for sentences that tell a person what to grant.
  package var userName: String? { value("user") }

  init(keywords: [Keyword]) {
    self.keywords = keywords
  }

  func value(_ name: String) -> String? {
    keywords.first { $0.name == name && !$0.value.isEmpty }?.value
  }
}

extension PostgresConnectionOptions: CustomStringConvertible, CustomReflectable {
  /// Where, without who and never with a password.
  package var description: String {
    let place = value("host") ?? value("hostaddr") ?? "a local socket"
    return "\(place), port \(value("port") ?? "5432"), database \(value("dbname") ?? "default")"
  }

  /// A dump shows no more than the description.
  package var customMirror: Mirror {
    Mirror(self, children: ["database": description])
  }
}
