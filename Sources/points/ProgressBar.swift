// How far a long command is: a bar with rate and time left on a terminal, a line now and then elsewhere.
import Glibc
import Synchronization

final class ProgressBar: Sendable {
  private struct State {
    var what = ""
    var begin = ContinuousClock.now
    var shown: ContinuousClock.Instant?
    var isOpen = false
  }

  private static let width = 30
  private let isTerminal = isatty(2) == 1
  private let state = Mutex(State())

  /// Shows it, but not more often than an eye can follow.
  func show(_ what: String, done: Int64, total: Int64?, note: String = "") {
    state.withLock { state in
      let now = ContinuousClock.now
      if state.what != what {
        if state.isOpen { Self.put("\n") }
        state = State(what: what, begin: now)
      }
      let pause = isTerminal ? Duration.milliseconds(100) : .seconds(5)
      if let shown = state.shown, now - shown < pause, total.map({ done < $0 }) ?? true { return }
      state.shown = now
      let text = Self.text(what, done, total, after: now - state.begin) + (note.isEmpty ? "" : ", \(note)")
      Self.put(isTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
      state.isOpen = isTerminal
    }
  }

  /// Leaves what is shown, and goes to the next line.
  func end() {
    state.withLock { state in
      if state.isOpen { Self.put("\n") }
      state.isOpen = false
    }
  }

  static func text(_ what: String, _ done: Int64, _ total: Int64?, after time: Duration) -> String {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let rate = seconds > 0 ? Double(done) / seconds : 0
    guard let total else { return "\(what) \(done), \(Int(rate))/s" }
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
    let filled = Int(share * Double(width))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
    return "\(what) [\(bar)] \(Int(share * 100)) %, \(done) of \(total), \(Int(rate))/s, \(left) s left"
  }

  private static func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  }
}
