// A `points serve` or `points dev` that serves.
import TestSupport

extension Program {
  /// Waits until /ready says so.
  func isReady(on port: UInt16, within limit: Duration = .seconds(60)) -> Bool {
    Eventually.holds(within: limit) { (try? Connection(port: port).get("/ready"))?.status == 200 }
  }
}
