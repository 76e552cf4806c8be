// What libpq is finally told: the caller's keywords, the resolved
// addresses, and our defaults where the caller is silent.

extension PostgresConnectionOptions {
  private static var ours: Set<String> {
    ["host", "hostaddr", "port", "options", "client_encoding", "gssencmode", "connect_timeout"]
  }

  /// The keywords for one attempt. `first` rotates the addresses: an address that swallows packets would
  /// otherwise use up the time of every attempt.
  func keywords(for addresses: [ConnectionAddress], first: Int) -> [Keyword] {
    let start = addresses.isEmpty ? 0 : first % addresses.count
    let places = addresses[start...] + addresses[..<start]
    var result = keywords.filter { !Self.ours.contains($0.name) }
    func add(_ name: String, _ value: String) {
      result.append(Keyword(name: name, value: value))
    }
    add("host", places.map(\.host).joined(separator: ","))
    add("hostaddr", places.map(\.numeric).joined(separator: ","))
    add("port", places.map(\.port).joined(separator: ","))
    add("options", serverOptions)
    add("client_encoding", "UTF8")
    // Nobody asked for Kerberos encryption, and negotiating
    // it costs a round trip and may block in its library.
    add("gssencmode", "disable")
    func addDefault(_ name: String, _ value: String) {
      if self.value(name) == nil { add(name, value) }
    }
    addDefault("application_name", applicationName)
    // A peer that vanished without a word: found within seconds instead of the kernel's hours.
    addDefault("tcp_user_timeout", "\(answerTimeout.wholeMilliseconds)")
    addDefault("keepalives", "1")
    addDefault("keepalives_idle", "10")
    addDefault("keepalives_interval", "3")
    addDefault("keepalives_count", "3")
    return result
  }

  /// Ours first: what the URL sets in its own `options` wins. But not over what comes last: the isolation
  /// that our transactions are written for, whatever a database has for its default, and the role, which
  /// restricts us.
  private var serverOptions: String {
    var given = [
      ("statement_timeout", "\(statementTimeout.wholeMilliseconds)"),
      ("lock_timeout", "\(lockTimeout.wholeMilliseconds)"),
      ("idle_in_transaction_session_timeout", "\(idleInTransactionTimeout.wholeMilliseconds)"),
    ].map(Self.serverOption)
    given += settings.map(Self.serverOption)
    if let own = value("options") { given.append(own) }
    given.append(Self.serverOption(("default_transaction_isolation", isolation.rawValue)))
    if let role { given.append(Self.serverOption(("role", role))) }
    return given.joined(separator: " ")
  }

  /// The server splits its options at blanks, unless a backslash stands before them.
  private static func serverOption(_ setting: (name: String, value: String)) -> String {
    var escaped = ""
    for character in setting.value {
      if character.isWhitespace || character == "\\" { escaped.append("\\") }
      escaped.append(character)
    }
    return "-c \(setting.name)=\(escaped)"
  }
}

extension Duration {
  /// At least one: zero would mean "no limit" to Postgres.
  var wholeMilliseconds: Int64 {
    max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
