// Waits for any of the connections, with the patience of nanoseconds that a steady rate needs.
private import CEpoll
private import Glibc

@safe final class LinePoller {
  private let descriptor: Int32
  private var events = unsafe [epoll_event](repeating: epoll_event(), count: 256)

  init() throws(LoadError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw .refused(action: "make a poller", errno: errno) }
  }

  deinit { close(descriptor) }

  func add(_ socket: LoadSocket, as line: Int) throws(LoadError) {
    try control(EPOLL_CTL_ADD, socket, line, EPOLLIN.rawValue)
  }

  /// Whether the connection is to be told of as soon as it takes more, besides as soon as it has something.
  func watch(_ socket: LoadSocket, as line: Int, forRoom isFull: Bool) throws(LoadError) {
    try control(EPOLL_CTL_MOD, socket, line, EPOLLIN.rawValue | (isFull ? EPOLLOUT.rawValue : 0))
  }

  private func control(
    _ action: Int32, _ socket: LoadSocket, _ line: Int, _ wanted: UInt32
  ) throws(LoadError) {
    var event = unsafe epoll_event(events: wanted, data: epoll_data_t(u64: UInt64(line)))
    guard unsafe epoll_ctl(descriptor, action, socket.descriptor, &event) == 0 else {
      throw .refused(action: "poll a connection", errno: errno)
    }
  }

  struct Ready {
    let line: Int
    let canRead: Bool
  }

  /// Appends whoever is ready, at once or when the patience ends.
  func wait(atMost patience: Duration, into ready: inout [Ready]) throws(LoadError) {
    let (seconds, attoseconds) = max(.zero, patience).components
    var limit = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    let count = unsafe epoll_pwait2(descriptor, &events, Int32(events.count), &limit, nil)
    guard count >= 0 || errno == EINTR else { throw .refused(action: "wait", errno: errno) }
    for place in 0..<Int(max(0, count)) {
      let event = unsafe events[place]
      let happened = unsafe event.events
      ready.append(Ready(line: unsafe Int(event.data.u64), canRead: happened & ~EPOLLOUT.rawValue != 0))
    }
  }
}
