// Commands that one task sends together are awaited together: one continuation, one resumption.

/// Several commands of one task; it resumes when all have their outcome.
@safe
final class PendingBatch {
  private var replies: [RedisReply]
  private var missing: Int
  private var continuation: UnsafeContinuation<[RedisReply], Never>?

  init(count: Int, continuation: UnsafeContinuation<[RedisReply], Never>) {
    replies = Array(repeating: .absent, count: count)
    missing = count
    unsafe self.continuation = unsafe continuation
  }

  func fulfil(_ index: Int, _ reply: RedisReply) {
    replies[index] = reply
    missing -= 1
    guard missing == 0 else { return }
    unsafe continuation?.resume(returning: replies)
    unsafe continuation = nil
  }
}
