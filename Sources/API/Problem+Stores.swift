// What a caller is told when a store did not do what was asked. A store that cannot be reached is nobody's
// mistake and passes: 503, and when to try again. A store that refuses our question is a mistake of ours:
// 500. Neither repeats the store's own words, which may name hosts and users; `/ready` and the log do that.
package import HTTPServer
package import PostgresClient
package import RedisClient

extension Problem {
  package init(_ reason: RedisUnavailable) {
    switch reason {
    case .overloaded: self.init(.overloaded, "\(reason)", fields: [.retrySoon])
    case .refused(let error): self = .notNow("Redis cannot serve this now (\(error.code.rawValue)).")
    case .notConnected, .circuitOpen, .closed, .timedOut, .connectionLost: self = .notNow("\(reason)")
    }
  }

  package init(_ error: RedisServerError) {
    self.init(.internalError, "Redis refused a command (\(error.code.rawValue)).")
  }

  package init(_ error: PostgresError) {
    switch error {
    case .queueFull: self.init(.overloaded, "\(error)", fields: [.retrySoon])
    case .closed, .timedOut, .poolExhausted: self = .notNow("\(error)")
    case .connectionFailed, .unsupportedServer, .unsuitable:
      self = .notNow("there is no connection to Postgres")
    case .connectionLost: self = .notNow("the connection to Postgres broke before the answer came")
    case .rollbackFailed(let cause, _): self.init(cause)
    case .server(let refusal) where refusal.state.blamesOthers:
      self.init(
        .overloaded, "Others are changing the same at this moment. Nothing was done.",
        fields: [.retrySoon])
    case .server(let refusal):
      self =
        refusal.state.passes
        ? .notNow("Postgres cannot serve this now (\(refusal.state.rawValue)).")
        : Problem(.internalError, "Postgres refused a statement (\(refusal.state.rawValue)).")
    case .invalidOptions, .skipped, .sessionBusy, .decoding, .unexpectedRowCount, .transactionRolledBack,
      .abandoned:
      self.init(.internalError, "A statement could not be carried out.")
    }
  }

  private static func notNow(_ sentence: String) -> Problem {
    Problem(.unavailable, sentence, fields: [.retrySoon])
  }
}

extension SQLState {
  /// Whether the same statement may well succeed a moment later: the server is short of something (53), was
  /// told to stop something (57), or lost a connection of its own (08).
  fileprivate var passes: Bool {
    ["08", "53", "57"].contains { rawValue.hasPrefix($0) }
  }
}
