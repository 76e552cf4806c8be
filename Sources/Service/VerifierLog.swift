// What the continuous verifier has to tell, as lines of the log. An alert has the level error, so that it can
// be found by whoever reads no other line.
import Boards
import EventLoop
import JSON
import Ledger
import Synchronization
import Verification

/// Writes events, but of single findings no more than a log can bear.
final class VerifierLog: Sendable {
  private static let findingsEachMinute = 60

  private let log: LineWriter
  private let findings = Mutex((minute: Int64(0), count: 0))

  init(_ log: LineWriter) {
    self.log = log
  }

  func tell(_ event: VerifierEvent) {
    switch event {
    case .drift(let drift, let type, let isRepaired):
      guard isBearable() else { return }
      write("drift", isAlert: false, type) {
        $0.field("kind", drift.kind.rawValue)
        $0.field("userId", orNull: drift.user?.text)
        $0.field("board", orNull: drift.boardName)
        $0.field("expected", drift.expected)
        $0.field("found", drift.found)
        $0.field("repaired", isRepaired)
      }
    case .brokenChain(let fault, let type):
      write("broken_chain", isAlert: true, type) {
        $0.field("kind", fault.kind.rawValue)
        $0.field("userId", orNull: fault.key?.user.text)
        $0.field("expected", fault.expected)
        $0.field("found", fault.found)
      }
    case .alarm(let type, let ratio):
      write("alert", isAlert: true, type) { $0.field("ratio", ratio, decimals: 4) }
    case .calm(let type): write("calm", isAlert: false, type) { _ in }
    case .loss(let type, let lost, let total, let isRetired):
      write("loss", isAlert: isRetired, type) {
        $0.field("lost", lost)
        $0.field("of", total)
        $0.field("retired", isRetired)
      }
    case .rebuild(let type): write("rebuild", isAlert: true, type) { _ in }
    }
  }

  private func isBearable() -> Bool {
    findings.withLock { findings in
      let minute = WallClock.now.microseconds / 60_000_000
      if findings.minute != minute { findings = (minute, 0) }
      findings.count += 1
      return findings.count <= Self.findingsEachMinute
    }
  }

  private func write(
    _ event: StaticString, isAlert: Bool, _ type: String, _ body: (inout JSONWriter) -> Void
  ) {
    var json = JSONWriter(reservingCapacity: 256)
    json.object {
      $0.field("time", WallClock.now.text)
      if isAlert { $0.field("level", "error" as StaticString) }
      $0.field("verify", event)
      $0.field("pointType", type)
      body(&$0)
    }
    json.newline()
    log.write(json.finish())
  }
}
