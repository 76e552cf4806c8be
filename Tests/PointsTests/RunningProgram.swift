// A `points serve` or `points dev` that has told where it listens.
import Foundation
import TestSupport
import Testing

extension Program {
  /// Waits until it says where it listens.
  func port(within limit: Duration = .seconds(30)) throws -> UInt16 {
    var port: UInt16?
    _ = Eventually.holds(within: limit) {
      port = announcedPort
      return port != nil || end(within: .zero) != .stillRunning
    }
    return try #require(port, "\(complaints)")
  }

  private var announcedPort: UInt16? {
    guard let match = (output + complaints).firstMatch(of: /(?:at|on) http:\/\/127\.0\.0\.1:(\d+)\n/) else {
      return nil
    }
    return UInt16(match.1)
  }

  /// Waits until /ready says so.
  func isReady(on port: UInt16, within limit: Duration = .seconds(10)) -> Bool {
    Eventually.holds(within: limit) { (try? Connection(port: port).get("/ready"))?.status == 200 }
  }
}
