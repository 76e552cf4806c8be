// The server stops. A client may have sent a request that we have not read, so it is first told to send no
// more, and only when it has heard that, or a moment later, which request was the last.
import EventLoop

extension HTTP2Connection {
  /// How long a client has to say that it has heard.
  private static let notice = Duration.seconds(1)

  func drain() {
    guard phase == .open, draining == .no else { return }
    draining = .announced
    session.submitShutdownNotice()
    drainDeadline = worker.loop.now + Self.notice
    check(by: drainDeadline)
    flushLater()
  }

  func pingCameBack() {
    if draining == .announced { finishDraining() }
  }

  /// From here on the session ends by itself when the last stream has.
  func finishDraining() {
    drainDeadline = .never
    guard draining == .announced else { return }
    draining = .final
    session.submitGoAway()
    flushLater()
  }

  /// The time to drain is over. Who still waits for an answer was accepted, so he is told that there will be
  /// none.
  func cut() {
    guard phase == .open else { return close() }
    for case let stream? in streams where stream.phase == .answering { giveUpHandler(of: stream) }
    flush()
    close()
  }
}
