// One connection from its first byte to its last. Tasks write commands into the socket's output during a
// turn; at the end of the turn everything leaves in one write. Replies are matched with the queue of slots.
//
// It knows nothing of what a command means, nor of reconnecting: when it ends, it ends for good and says why.
package import EventLoop

/// A pipelined connection; used on its loop only.
package final class RedisConnection: SocketOwner, Flushable, @unchecked Sendable {
  let loop: EventLoop
  let options: RedisOptions
  /// The client holds its connection and ends it before it goes away.
  unowned let client: RedisClient
  private var socket: Socket?
  private var reader: ReplyReader
  var slots = SlotRing()
  /// How many of the newest slots have not been flushed: their deadlines begin with the flush.
  var unflushed = 0
  private var isFlushScheduled = false
  /// The next look at deadlines and silence: one entry of the loop's wheel, whatever the number of commands.
  var alarm: (id: DeadlineID, at: MonotonicInstant)?
  /// When the silence of a server that owes answers has lasted too long.
  var stallsAt = MonotonicInstant(nanoseconds: .max)
  var hasHeard = false
  /// Why the connection ended, as a sentence.
  let ended = OneShot<String>()
  private(set) var isEnded = false

  init(to address: SocketAddress, client: RedisClient) throws(SocketError) {
    self.client = client
    loop = client.loop
    options = client.options
    reader = ReplyReader(limits: options.replyLimits)
    let socket = try Socket.connect(to: address, on: loop, owner: self)
    self.socket = socket
    socket.resumeReading()
  }

  // MARK: Sending

  /// Whether so many more commands keep the bounds.
  func hasRoom(for commands: Int) -> Bool {
    slots.count + commands <= options.inFlightMax && (socket?.unsentBytes ?? 0) < options.unsentBytesMax
  }

  /// Queues a command that `encode` writes; `timeout` in nanoseconds begins when it is flushed.
  @inline(__always)
  func send(to receiver: ReplyReceiver, timeout: Int64, _ encode: (inout [UInt8]) -> Void) {
    guard let socket else { return receiver.end(.notConnected) }
    encode(&socket.output)
    slots.append(ReplySlot(receiver: receiver, limit: timeout))
    unflushed += 1
    client.counters.commands &+= 1
    guard !isFlushScheduled else { return }
    isFlushScheduled = true
    loop.flushFirst(self)
  }

  package func flush() {
    isFlushScheduled = false
    guard !isEnded else { return }
    startDeadlines()
    client.counters.flushes &+= 1
    socket?.flush()
  }

  // MARK: Receiving

  package func socketReceived(_ bytes: Span<UInt8>) {
    hasHeard = true
    let answeredBefore = client.counters.replies
    do throws(RedisError) {
      var rest = unsafe bytes.bytes
      while !rest.isEmpty, !isEnded {
        try reader.feed(rest.extracting(first: ReplyReader.sliceBytes))
        rest = rest.extracting(droppingFirst: min(rest.byteCount, ReplyReader.sliceBytes))
        while let value = try reader.next() { try deliver(value) }
      }
    } catch {
      return end(error.description)
    }
    if client.counters.replies != answeredBefore { client.connectionAnswered(self) }
  }

  @inline(__always)
  private func deliver(_ value: RedisValue) throws(RedisError) {
    // A command that has not left cannot have been answered: its task must not get somebody else's reply.
    guard slots.count > unflushed, let slot = slots.popFirst() else {
      throw .protocolViolation("it sent a reply that nothing asked for")
    }
    switch slot.receiver {
    case .task(let continuation):
      noteReply(to: slot)
      unsafe continuation.resume(returning: RedisReply(reply: value))
    case .batch(let batch, let index):
      noteReply(to: slot)
      batch.fulfil(index, RedisReply(reply: value))
    case .probe: client.probeAnswered()
    case .nobody: break
    case .abandoned: client.counters.lateReplies &+= 1
    }
  }

  @inline(__always)
  private func noteReply(to slot: ReplySlot) {
    client.counters.replies &+= 1
    client.latency.note(nanoseconds: loop.now.nanoseconds &- slot.sentAt)
  }

  package func socketEnded() {
    end("the server closed the connection")
  }

  package func socketDrained() {}

  package func socketFailed(_ error: SocketError) {
    end(error.description)
  }

  // MARK: The end

  /// Closes at once. Who still waits is told: sent commands may have run, unsent ones have not.
  func end(_ reason: String) {
    guard !isEnded else { return }
    isEnded = true
    socket?.close()
    socket = nil
    if let alarm { loop.cancelDeadline(alarm.id) }
    alarm = nil
    let sent = slots.count - unflushed
    var index = 0
    while let slot = slots.popFirst() {
      slot.receiver.end(index < sent ? .connectionLost : .notConnected)
      index += 1
    }
    unflushed = 0
    client.connectionEnded(self)
    ended.fulfil(reason)
  }
}

extension ReplyReceiver {
  /// Tells whoever waits that no answer will come.
  func end(_ reason: RedisUnavailable) {
    switch self {
    case .task(let continuation): unsafe continuation.resume(returning: .unavailable(reason))
    case .batch(let batch, let index): batch.fulfil(index, .unavailable(reason))
    case .probe, .nobody, .abandoned: break
    }
  }
}
