// Live boards from outside: what one process is told, listeners of another hear, and nobody is kept by them.
import Foundation
import LedgerStore
import PostgresClient
import TestSupport
import Testing

extension WholeService {
  @Suite struct LiveBoardTests {
    @Test func `a posting to one process is heard from the other, and a client may change over`() async throws
    {
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let writer = try Caller(port: processes[0].port)
      let award = { (user: String, amount: Int) in
        let body = #"{"userId":"\#(user)","amount":\#(amount)}"#
        let status = try writer.ask(.post("/points/award", body, as: installation.service)).status
        #expect(status == 201)
      }
      try award("ada", 5)
      let listener = try Caller(port: processes[1].port)
      try listener.listen("/points/leaderboard/stream?perSecond=20", as: installation.reader)
      var seen = try listener.event()
      #expect(seen.data["entries"][0]["userId"].text == "ada")
      // A machine that stands still for a moment delays one of them.
      var quickest = Duration.seconds(60)
      for (user, amount) in [("bob", 9), ("dan", 10), ("eve", 11)] {
        let begin = ContinuousClock.now
        try award(user, amount)
        let next = try listener.event()
        quickest = min(quickest, ContinuousClock.now - begin)
        #expect(next.data["entries"][0]["userId"].text == user && next.id != seen.id)
        seen = next
      }
      #expect(quickest < .seconds(2))

      // The process is told to stop: the stream ends as a whole, and long before the time to drain is over.
      let stopping = ContinuousClock.now
      _ = processes[1].stop()
      #expect(ContinuousClock.now - stopping < .seconds(8))
      #expect(try listener.chunk() == nil)
      let other = try Caller(port: processes[0].port)
      try other.listen(
        "/points/leaderboard/stream?perSecond=20", as: installation.reader, having: seen.id)
      try award("cy", 20)
      let third = try other.event()
      #expect(third.data["entries"][0]["userId"].text == "cy", "what it had is not told again")
    }

    @Test func `a revoked key hears no more, though the board changes all the time`() async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([process.port])
      let writer = try Caller(port: process.port)
      let award = {
        let body = #"{"userId":"ada","amount":1}"#
        _ = try writer.ask(.post("/points/award", body, as: installation.service))
      }
      let listener = try Caller(port: process.port)
      try award()
      try listener.listen("/points/leaderboard/stream?perSecond=20", as: installation.reader)
      _ = try listener.event()
      let options = try PostgresConnectionOptions(parsing: installation.databaseURL)
      _ = try await LedgerDatabase.withSession(options) {
        try await ServiceRegistry(on: $0).revoke(.service(name: "site"))
      }
      let revoked = ContinuousClock.now
      // No second without news.
      #expect(throws: CallError.closed) {
        while ContinuousClock.now - revoked < .seconds(40) {
          try award()
          _ = try listener.event()
        }
      }
      #expect(ContinuousClock.now - revoked < .seconds(20))
      let refused = try Caller(port: process.port)
      #expect(try refused.ask(.get("/points/leaderboard", as: installation.reader)).status == 401)
      _ = process.stop()
    }

    @Test func `a listener who leaves is forgotten, and the rest hear on`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let listeners = try (0..<20).map { _ in try Caller(port: service.port) }
        for listener in listeners {
          try listener.listen("/points/leaderboard/stream?perSecond=20", as: installation.reader)
          _ = try listener.event()
        }
        for _ in 0..<20 {
          let leaving = try Caller(port: service.port)
          try leaving.listen("/points/leaderboard/rank/stream?userId=ada", as: installation.reader)
          #expect(try leaving.event().name == "unranked")
        }
        let page = try Caller(port: service.port)
        #expect(
          try Eventually.holds(within: .seconds(10)) {
            let lines = try page.get("/metrics").body.split(separator: "\n")
            let open = lines.filter { $0.hasPrefix("points_live_listeners{") }
            return open.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +) == 20
          })
        let body = #"{"userId":"ada","amount":1}"#
        _ = try page.ask(.post("/points/award", body, as: installation.service))
        for listener in listeners {
          #expect(try listener.event().data["entries"][0]["userId"].text == "ada")
        }
      }
    }
  }
}

extension Caller {
  fileprivate struct Event {
    let name: String
    let id: String
    let data: JSONText
  }

  /// Begins a stream and reads up to its first event.
  fileprivate func listen(_ target: String, as key: String, having seen: String? = nil) throws {
    let known = seen.map { "Last-Event-ID: \($0)\r\n" } ?? ""
    try send("GET \(target) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(key)\r\n\(known)\r\n")
    let head = try head()
    #expect(head.status == 200 && head.fields["content-type"] == "text/event-stream")
    #expect(try chunk() == "retry: 1000\n\n")
  }

  /// An event is a piece of the body; a comment that keeps the line open is none.
  fileprivate func event() throws -> Event {
    while let piece = try chunk() {
      let lines = piece.split(separator: "\n").map(String.init)
      guard lines.count == 3 else { continue }
      return Event(
        name: String(lines[1].dropFirst(7)), id: String(lines[0].dropFirst(4)),
        data: try JSONText(String(lines[2].dropFirst(6))))
    }
    throw CallError.closed
  }
}
