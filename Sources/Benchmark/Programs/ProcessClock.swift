// The processor time of another process, all its threads together, those that have ended included. The
// kernel keeps it in nanoseconds; the same time in /proc/PID/stat comes in ticks of 10 ms.
private import Glibc

struct ProcessClock: Sendable {
  private let clock: clockid_t

  init(processID: Int32) throws(BenchmarkError) {
    var clock: clockid_t = 0
    let answer = unsafe clock_getcpuclockid(processID, &clock)
    guard answer == 0 else { throw .refused(action: "read the processor time of a process", errno: answer) }
    self.clock = clock
  }

  /// User and system time since the process began.
  func read() throws(BenchmarkError) -> Duration {
    var time = timespec()
    guard unsafe clock_gettime(clock, &time) == 0 else {
      throw .refused(action: "read the processor time of a process", errno: errno)
    }
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
