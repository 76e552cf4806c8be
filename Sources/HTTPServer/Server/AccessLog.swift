// The access log: one JSON object a line. Lines are made on the worker and written by a thread of their own,
// because a terminal or a pipe that nobody reads would stop the loop.
package import EventLoop
import JSON

/// Decides which answers are logged and writes them.
package struct AccessLog: Sendable {
  package enum Level: Sendable {
    case off
    /// Answers with status 400 and above.
    case errors
    case all

    func includes(_ status: HTTPStatus) -> Bool {
      switch self {
      case .off: false
      case .errors: status.code >= 400
      case .all: true
      }
    }
  }

  struct Entry {
    let request: HTTPRequest?
    let route: String?
    let status: HTTPStatus
    let requestID: RequestID
    let peer: PeerAddress
    let nanoseconds: Int64
  }

  package let level: Level
  private let lines: LineWriter

  package init(level: Level, to lines: LineWriter) {
    self.level = level
    self.lines = lines
  }

  func write(_ entry: Entry) {
    var json = JSONWriter(reservingCapacity: 256)
    json.object {
      $0.field("time", WallClock.now.text)
      $0.field("requestId", entry.requestID.text)
      $0.field("peer", entry.peer.host)
      $0.field("method", orNull: entry.request?.methodName)
      $0.field("path", orNull: entry.request?.rawPath)
      $0.field("route", orNull: entry.route)
      $0.field("status", Int64(entry.status.code))
      $0.field("microseconds", entry.nanoseconds / 1000)
    }
    json.newline()
    lines.write(json.finish())
  }
}
