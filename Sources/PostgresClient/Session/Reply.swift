// What a task that waits for the server is resumed with.

/// The answer to one statement or one unit.
@usableFromInline
enum Reply: Sendable {
  case one(LibpqResult)
  case unit([LibpqResult])
  /// Skipped because of a neighbour in the same shared group; ask again.
  case askAgain
  case failed(PostgresError)
}

/// The task that waits for an answer. No object is made for it: the continuation itself stands in the queue.
@safe
@usableFromInline
struct SessionWaiter: Sendable {
  private let continuation: UnsafeContinuation<Reply, Never>

  @usableFromInline
  init(_ continuation: UnsafeContinuation<Reply, Never>) {
    unsafe self.continuation = continuation
  }

  /// Once: the queue forgets a waiter when it hands it out.
  func resume(_ reply: Reply) {
    unsafe continuation.resume(returning: reply)
  }
}
