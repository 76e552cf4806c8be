// What follows when a batch's transaction failed. A table of errors, free of any input or output.
import PostgresClient

/// What a batch does next.
enum BatchStep: Equatable {
  case again(looksForPostings: Bool)
  /// Half of it each by itself: no caller suffers for another.
  case split
  /// Somebody holds an account and does not let go: those who need it wait elsewhere.
  case setAside
  case answerInFlight
  case fail(LedgerError)

  private static let attemptsMax = 4

  init(
    after error: PostgresError, in phase: BatchTransaction.Phase, attempts: Int, isAlone: Bool,
    looksForPostings: Bool
  ) {
    let mayBeCommitted = looksForPostings || (phase == .writing && error.mayHaveTakenEffect)
    switch error {
    case .server(let refusal):
      switch refusal.state {
      case .lockNotAvailable where phase == .locking: self = .setAside
      case .lockNotAvailable: self = isAlone ? .answerInFlight : .split
      case .uniqueViolation, .serializationFailure, .deadlockDetected:
        self =
          attempts < Self.attemptsMax ? .again(looksForPostings: looksForPostings) : .giveUp(error, isAlone)
      case _ where refusal.state.saysServerIsAway:
        self = .retry(error, attempts, mayBeCommitted)
      case _: self = .giveUp(error, isAlone)
      }
    case .connectionFailed, .closed, .connectionLost, .timedOut, .rollbackFailed, .skipped:
      self = .retry(error, attempts, mayBeCommitted)
    case .poolExhausted, .queueFull: self = .fail(.overloaded)
    case .transactionRolledBack, .invalidOptions, .unsupportedServer, .unsuitable, .sessionBusy, .decoding,
      .unexpectedRowCount, .abandoned:
      self = .giveUp(error, isAlone)
    }
  }

  /// The server may be back in a moment.
  private static func retry(_ error: PostgresError, _ attempts: Int, _ mayBeCommitted: Bool) -> BatchStep {
    attempts < attemptsMax
      ? .again(looksForPostings: mayBeCommitted)
      : .fail(.unavailable(error, mayHaveTakenEffect: mayBeCommitted))
  }

  private static func giveUp(_ error: PostgresError, _ isAlone: Bool) -> BatchStep {
    isAlone ? .fail(.failed(error)) : .split
  }
}

/// What is left to do of a batch.
enum BatchPlan {
  case attempt([PendingPosting], looksForPostings: Bool)
  case split([PendingPosting])
}

extension SQLState {
  /// It was told to stop (57), is short of something (53), lost a connection (08), or takes no writes just
  /// now.
  fileprivate var saysServerIsAway: Bool {
    self == .readOnlyTransaction || self == .idleInTransactionTimeout
      || ["08", "53", "57"].contains { rawValue.hasPrefix($0) }
  }
}
