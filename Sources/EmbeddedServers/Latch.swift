// Something that happens once and can be waited for with a deadline, without a polling loop. It is a pair of
// connected sockets: the event shuts one end down, which makes the other readable for everybody, for good.

private import Glibc

final class Latch: Sendable {
  private let waiting: Int32
  private let firing: Int32

  init() throws(EmbeddedServersError) {
    (waiting, firing) = try SocketPair.make()
  }

  deinit {
    close(waiting)
    close(firing)
  }

  /// May be called more than once; only the first call matters.
  func fire() {
    _ = shutdown(firing, Int32(SHUT_WR))
  }

  /// Returns whether the event had happened when the deadline came.
  func wait(until deadline: ContinuousClock.Instant) -> Bool {
    Descriptor.wait(for: waiting, until: deadline)
  }
}
