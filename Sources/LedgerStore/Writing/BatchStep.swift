// What follows when a batch's transaction failed. A table of errors, free of any input or output.
import PostgresClient

/// What a batch does next.
enum BatchStep: Equatable {
  case again
  /// After a moment in which the server may come back.
  case againLater
  /// Half of it each by itself: no caller suffers for another.
  case split
  /// Somebody holds an account and does not let go: those who need it wait elsewhere.
  case setAside
  case answerInFlight
  case fail(LedgerError)

  private static let attemptsMax = 4

  init(after error: PostgresError, in phase: BatchTransaction.Phase, attempts: Int, isAlone: Bool) {
    switch error {
    case .server(let refusal):
      self = Self.step(after: refusal.state, error, in: phase, attempts: attempts, isAlone: isAlone)
    // The lanes have their sessions to themselves: when none comes free, Postgres does not answer those.
    case .connectionFailed, .closed, .connectionLost, .timedOut, .rollbackFailed, .skipped, .poolExhausted:
      self = .retry(error, attempts)
    case .queueFull: self = .fail(.overloaded)
    case .transactionRolledBack, .invalidOptions, .unsupportedServer, .unsuitable, .sessionBusy, .decoding,
      .unexpectedRowCount, .abandoned:
      self = .giveUp(error, isAlone)
    }
  }

  /// Whether what was decided may be committed all the same. A server that is told to stop ends a session
  /// also between a COMMIT and its answer, so that its word is no proof of anything.
  static func leavesDoubt(_ error: PostgresError, in phase: BatchTransaction.Phase) -> Bool {
    phase == .writing && (error.mayHaveTakenEffect || error.state?.saysServerIsAway ?? false)
  }

  private static func step(
    after state: SQLState, _ error: PostgresError, in phase: BatchTransaction.Phase, attempts: Int,
    isAlone: Bool
  ) -> BatchStep {
    switch state {
    // A statement that waits for several locks in turn may meet its own limit before theirs.
    case .lockNotAvailable where phase == .locking, .queryCanceled where phase == .locking: .setAside
    case .lockNotAvailable: isAlone ? .answerInFlight : .split
    case .uniqueViolation, .serializationFailure, .deadlockDetected:
      attempts < attemptsMax ? .again : .giveUp(error, isAlone)
    case _ where state.saysServerIsAway: .retry(error, attempts)
    case _: .giveUp(error, isAlone)
    }
  }

  private static func retry(_ error: PostgresError, _ attempts: Int) -> BatchStep {
    attempts < attemptsMax ? .againLater : .fail(.unavailable(error, mayHaveTakenEffect: false))
  }

  private static func giveUp(_ error: PostgresError, _ isAlone: Bool) -> BatchStep {
    isAlone ? .fail(.failed(error)) : .split
  }
}

/// What is left to do of a batch.
enum BatchPlan {
  case attempt([PendingPosting])
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
