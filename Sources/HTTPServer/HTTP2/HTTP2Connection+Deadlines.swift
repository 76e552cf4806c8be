// Every wait on a client or a handler has an end, for each stream by itself. There is one deadline of the
// connection, for the earliest of them; it is not moved when a stream ends in time, which nearly all do, so a
// request costs a comparison. When it passes all streams are looked at.
import EventLoop

extension HTTP2Connection {
  /// Gives a stream so much time for its phase.
  func limit(_ stream: HTTP2Stream, by duration: Duration) {
    stream.deadline = worker.loop.now + duration
    check(by: stream.deadline)
  }

  /// Gives the client so much time to take something of the stream's answer.
  func limitReading(of stream: HTTP2Stream) {
    stream.progress = (stream.sentInAll, sentBytes)
    let now = worker.loop.now
    if now != readingLimit.from { readingLimit = (now, now + worker.limits.writeTimeout) }
    stream.deadline = readingLimit.until
    check(by: stream.deadline)
  }

  /// Sees to it that `checkTimes` is called no later.
  func check(by instant: MonotonicInstant) {
    guard instant < deadlines.phase else { return }
    deadlines.phase = instant
    arm()
  }

  func phaseDeadlinePassed() {
    deadlines.phase = .never
    switch phase {
    case .open: checkTimes()
    case .lingering: close()
    case .closed: break
    }
  }

  private func checkTimes() {
    let now = worker.loop.now
    if headDeadline <= now {
      worker.counters.slowSenders &+= 1
      return fail(.enhanceYourCalm)
    }
    if drainDeadline <= now { finishDraining() }
    if openStreams == 0, idleDeadline <= now, fieldsStream == nil {
      session.terminate(.none)
      return flushLater()
    }
    for case let stream? in streams where stream.deadline <= now { deadlinePassed(for: stream) }
    guard phase == .open else { return }
    var next = min(headDeadline, drainDeadline)
    if openStreams == 0 { next = min(next, idleDeadline) }
    for case let stream? in streams { next = min(next, stream.deadline) }
    check(by: next)
  }

  private func deadlinePassed(for stream: HTTP2Stream) {
    stream.deadline = .never
    switch stream.phase {
    case .body:
      worker.counters.slowSenders &+= 1
      refuse(Problem(.requestTimeout, "The body of the request took too long to arrive."), on: stream)
    case .answering: giveUpHandler(of: stream)
    case .responding:
      judgeReader(of: stream)
      flushLater()
    case .head, .closed: break
    }
  }

  /// A client that keeps its windows closed holds memory of ours. Where its own window holds a stream up,
  /// the stream must get on by its share of what a connection must; where the connection's does, all must
  /// together.
  private func judgeReader(of stream: HTTP2Stream) {
    if stream.isAnswerSent { return session.submitReset(stream.id, .none) }
    guard stream.unsent > 0 else { return }
    let needed = worker.limits.writeProgress
    let isTooSlow =
      if session.window(of: stream.id) <= 0 {
        stream.sentInAll - stream.progress.own < max(1, needed / max(1, openStreams))
      } else if session.window <= 0 {
        sentBytes - stream.progress.all < needed
      } else {
        false
      }
    guard isTooSlow else { return limitReading(of: stream) }
    worker.counters.slowReaders &+= 1
    giveUp(stream, .cancel, .peerTooSlow)
  }
}
