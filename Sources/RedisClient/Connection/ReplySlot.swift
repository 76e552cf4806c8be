// Redis answers in the order of the commands, so who waits
// for what is a queue: the first slot gets the next reply.

/// Who gets a reply.
@safe
enum ReplyReceiver {
  /// A task; stored as it is, without a closure or a box.
  case task(UnsafeContinuation<RedisReply, Never>)
  /// One of several commands that a task waits for together.
  case batch(PendingBatch, index: Int)
  /// The breaker's PING.
  case probe
  /// Nobody: a command sent for its effect.
  case nobody
  /// Who waited has been told that the time is up. The slot stays, so that the late reply finds it and is
  /// dropped, and is not taken for the answer of the next command.
  case abandoned

  var isWaiting: Bool {
    switch self {
    case .task, .batch, .probe: true
    case .nobody, .abandoned: false
    }
  }
}

struct ReplySlot {
  var receiver: ReplyReceiver
  /// Nanoseconds: until it is flushed how long it may wait, afterwards the instant of its deadline.
  var limit: Int64
  /// Nanoseconds: when it was flushed.
  var sentAt: Int64 = 0
}
