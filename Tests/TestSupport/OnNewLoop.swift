// A loop of a test's own: it turns for as long as the body runs.
package import EventLoop

/// Runs the body as a task of a new loop on a thread of its own, and ends both.
package func onNewLoop<Value: Sendable>(
  clock: LoopClock = .system, _ body: @escaping @Sendable (EventLoop) async throws -> Value
) async throws -> Value {
  let thread = LoopThread(running: EventLoop(name: "test", clock: clock))
  let loop = thread.loop
  let outcome: Result<Value, any Error> = await withCheckedContinuation { continuation in
    loop.spawn {
      do {
        let value = try await body(loop)
        continuation.resume(returning: .success(value))
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
  }
  thread.stopAndJoin()
  return try outcome.get()
}
