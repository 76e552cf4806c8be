// The processor time of Postgres: of all its processes, which come and go. The postmaster keeps the time of
// those that have ended; that comes in ticks of the kernel, which is why the living are read by their clocks.
private import Glibc

struct ClusterClock: Sendable {
  let postmaster: Int32

  func read() throws(BenchmarkError) -> Duration {
    var total = try ProcessClock(processID: postmaster).read()
    for child in try children() {
      // It may have ended since it was listed; then its time is among that of the ended.
      if let time = try? ProcessClock(processID: child).read() { total += time }
    }
    return total + (try timeOfEnded())
  }

  private func children() throws(BenchmarkError) -> [Int32] {
    let place = "/proc/\(postmaster)/task/\(postmaster)/children"
    return try TextFile.read(place).split(separator: " ").compactMap { Int32($0) }
  }

  private func timeOfEnded() throws(BenchmarkError) -> Duration {
    let text = try TextFile.read("/proc/\(postmaster)/stat")
    guard let ticks = Self.ticksOfEnded(text) else {
      throw .unreadable(what: "the processor time of Postgres", text: text)
    }
    return .seconds(1) * ticks / sysconf(Int32(_SC_CLK_TCK))
  }

  /// The name of the process stands in brackets and may hold anything; the fields after it are numbers.
  static func ticksOfEnded(_ text: String) -> Int? {
    guard let bracket = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: bracket)...].split(separator: " ")
    guard fields.count > 14, let user = Int(fields[13]), let system = Int(fields[14]) else { return nil }
    return user + system
  }
}
