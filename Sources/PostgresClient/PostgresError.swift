// Everything that can go wrong between a statement and its rows. What matters most to a caller is whether the
// statement may have taken effect: `mayHaveTakenEffect` answers that for each case.

/// Why a statement, a transaction or a connection failed.
@usableFromInline
package enum PostgresError: Error, Sendable, Equatable {
  /// The database's address is not one.
  case invalidOptions(reason: String)
  /// No connection could be made; the reason is a sentence for people.
  case connectionFailed(reason: String)
  case unsupportedServer(version: Int32)
  /// The database is reached, but is not one to work with; the sentence says what to do about it.
  case unsuitable(reason: String)
  /// The server answered with an error.
  indirect case server(PostgresServerError)
  /// An earlier statement of the same pipeline failed, so this one was skipped.
  case skipped
  /// The deadline passed. The session was closed, because an
  /// answer that comes too late must not meet the next question.
  case timedOut
  /// The connection broke after the statement had been sent.
  case connectionLost(reason: String)
  /// The session had ended before the statement was sent.
  case closed
  /// No session became free in time.
  case poolExhausted
  /// So much is waiting already that one more would only make it worse.
  case queueFull
  /// A COPY needs the session for itself.
  case sessionBusy
  case decoding(PostgresDecodingError)
  /// Not the one row that was asked for.
  case unexpectedRowCount(Int)
  /// COMMIT was answered with a rollback, because a statement before it had failed.
  case transactionRolledBack
  /// The body failed and ROLLBACK failed as well; the session was closed, which ends the transaction too.
  indirect case rollbackFailed(cause: PostgresError, rollback: PostgresError)
  /// The caller gave its own work up, such as a COPY whose source ran dry in the middle.
  case abandoned(reason: String)
}

extension PostgresError {
  /// The server's code, if the server answered.
  package var state: SQLState? {
    guard case .server(let error) = self else { return nil }
    return error.state
  }

  /// Whether it says nothing of what was asked, but only that nobody could be asked just now.
  package var isOfConnection: Bool {
    switch self {
    case .connectionFailed, .connectionLost, .closed, .poolExhausted, .queueFull: true
    case .server(let error):
      [.adminShutdown, .crashShutdown, .cannotConnectNow, .connectionFailure, .tooManyConnections]
        .contains(error.state)
    case .rollbackFailed(let cause, let rollback): cause.isOfConnection || rollback.isOfConnection
    case .invalidOptions, .unsupportedServer, .unsuitable, .skipped, .timedOut, .sessionBusy, .decoding,
      .unexpectedRowCount, .transactionRolledBack, .abandoned:
      false
    }
  }

  /// Whether the server may have executed what was asked: only a repeat that does nothing twice may follow.
  package var mayHaveTakenEffect: Bool {
    switch self {
    case .timedOut, .connectionLost, .decoding, .unexpectedRowCount, .rollbackFailed: true
    case .invalidOptions, .connectionFailed, .unsupportedServer, .unsuitable, .server, .skipped, .closed,
      .poolExhausted, .queueFull, .sessionBusy, .transactionRolledBack, .abandoned:
      false
    }
  }
}

extension PostgresError: CustomStringConvertible {
  @usableFromInline package var description: String {
    switch self {
    case .invalidOptions(let reason): "the database URL is wrong: \(reason)"
    case .connectionFailed(let reason): "no connection to Postgres: \(reason)"
    case .unsupportedServer(let version):
      "Postgres \(version / 10_000) is too old; at least \(PostgresSession.oldestServer / 10_000) is needed"
    case .unsuitable(let reason): reason
    case .server(let error): error.description
    case .skipped: "skipped, because an earlier statement of the pipeline failed"
    case .timedOut: "Postgres did not answer in time"
    case .connectionLost(let reason): "the connection to Postgres broke: \(reason)"
    case .closed: "the connection to Postgres is closed"
    case .poolExhausted: "no connection to Postgres became free in time"
    case .queueFull: "too many statements wait for Postgres"
    case .sessionBusy: "the Postgres session is busy"
    case .decoding(let error): "Postgres answered something unexpected: \(error)"
    case .unexpectedRowCount(let count): "Postgres answered \(count) rows instead of one"
    case .transactionRolledBack: "the transaction was rolled back, because a statement in it had failed"
    case .rollbackFailed(let cause, let rollback): "\(cause); rolling back failed too: \(rollback)"
    case .abandoned(let reason): "abandoned: \(reason)"
    }
  }
}
