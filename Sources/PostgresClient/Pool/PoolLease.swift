// A place on a session, as it passes between the pool and whoever asks.

import EventLoop

/// How a session is to be used.
@usableFromInline
enum PoolDemand: Sendable {
  /// Along with other statements.
  case statement
  /// Alone.
  case lease
}

/// A place on a session, to be released once.
@usableFromInline
struct PoolLease {
  let session: PostgresSession?
  let slot: Int
  let generation: Int
  let demand: PoolDemand
  /// When it was lent.
  let begin: MonotonicInstant

  /// The session may have ended between being lent and being used.
  @usableFromInline
  func lentSession() throws(PostgresError) -> PostgresSession {
    guard let session else { throw .closed }
    return session
  }
}

/// A task that waits for a place.
@safe
struct PoolWaiter: Sendable {
  enum Outcome: Sendable {
    case lent(slot: Int, generation: Int)
    case refused(PostgresError)
  }

  private let continuation: UnsafeContinuation<Outcome, Never>

  init(_ continuation: UnsafeContinuation<Outcome, Never>) {
    unsafe self.continuation = continuation
  }

  /// Once: the queue forgets a waiter when it hands it out.
  func resume(_ outcome: Outcome) {
    unsafe continuation.resume(returning: outcome)
  }
}
