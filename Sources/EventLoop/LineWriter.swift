// Log lines leave by a thread of their own: the reader of a
// log may stop reading, and a loop must not wait for him.
import CUV
import Glibc
import Synchronization

/// Writes whole lines to a descriptor, in order. What would exceed the bound is dropped and counted, and the
/// log says so when it gets through again.
@safe
package final class LineWriter: @unchecked Sendable {
  private struct State {
    var pending: [UInt8] = []
    var dropped = 0
    var droppedInTotal = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  /// Counts what there is to do for the writing thread.
  private let wakeups = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  /// Tells `close` that the thread is about to end.
  private let finished = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private let descriptor: Int32
  private let bound: Int
  private var thread = pthread_t()

  package init(descriptor: Int32, bound: Int = 4 * 1024 * 1024) {
    self.descriptor = descriptor
    self.bound = bound
    unsafe sem_init(wakeups, 0, 0)
    unsafe sem_init(finished, 0, 0)
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let status = unsafe pthread_create(&thread, nil, writeLines, context)
    precondition(status == 0, "The system refused a thread for the log.")
  }

  deinit {
    unsafe sem_destroy(wakeups)
    unsafe wakeups.deallocate()
    unsafe sem_destroy(finished)
    unsafe finished.deallocate()
  }

  /// Takes a line, which ends with a line feed; never waits.
  package func write(_ line: [UInt8]) {
    let mustWake = state.withLock { state in
      guard !state.isClosed, state.pending.count + line.count <= bound else {
        state.dropped += 1
        state.droppedInTotal += 1
        return false
      }
      state.pending.append(contentsOf: line)
      return state.pending.count == line.count
    }
    if mustWake { unsafe sem_post(wakeups) }
  }

  package func write(_ line: String) {
    write(Array(line.utf8) + [0x0A])
  }

  /// Lines that found no room or came after the end.
  package var droppedLines: Int { state.withLock { $0.droppedInTotal } }

  /// Writes what is left and ends the thread. If nobody reads, the thread is left to the end of the process:
  /// a log must not keep a service from stopping.
  package func close(patience: Duration = .seconds(1)) {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return }
    unsafe sem_post(wakeups)
    var end = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &end)
    let nanoseconds = Int64(end.tv_nsec) + patience.wholeNanoseconds
    end.tv_sec += Int(nanoseconds / 1_000_000_000)
    end.tv_nsec = Int(nanoseconds % 1_000_000_000)
    while unsafe sem_timedwait(finished, &end) != 0 {
      guard errno == EINTR else {
        pthread_detach(thread)
        return
      }
    }
    pthread_join(thread, nil)
  }

  fileprivate func run() {
    blockBrokenPipeSignal()
    defer { unsafe sem_post(finished) }
    while true {
      while unsafe sem_wait(wakeups) != 0 {}
      let (batch, dropped, isClosed) = state.withLock { state in
        defer {
          state.pending = []
          state.dropped = 0
        }
        return (state.pending, state.dropped, state.isClosed)
      }
      put(batch)
      if dropped > 0 { put(Array("{\"logLinesDropped\":\(dropped)}\n".utf8)) }
      if isClosed { return }
    }
  }

  /// A reader of the log that goes away must not take the service with it.
  private func blockBrokenPipeSignal() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private func put(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&watched, 1, 1000)
      } else if errno != EINTR {
        return
      }
    }
  }
}

@c(points_write_lines)
private func writeLines(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe points_name_thread("log")
  unsafe Unmanaged<LineWriter>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
