// A `points serve` or `points dev` that has told where it listens.
import Foundation

extension Program {
  /// It ended, or said nothing in time; what it wrote instead.
  package struct TellsNoPort: Error {
    package let complaints: String
  }

  /// Waits until it says where it listens.
  package func port(within limit: Duration = .seconds(30)) throws -> UInt16 {
    var port: UInt16?
    _ = Eventually.holds(within: limit) {
      port = announcedPort
      return port != nil || end(within: .zero) != .stillRunning
    }
    guard let port else { throw TellsNoPort(complaints: complaints) }
    return port
  }

  private var announcedPort: UInt16? {
    guard let match = (output + complaints).firstMatch(of: /(?:at|on) http:\/\/127\.0\.0\.1:(\d+)\n/) else {
      return nil
    }
    return UInt16(match.1)
  }
}
