// Live boards: the same questions as of boards, answered again whenever the answer changes, as server-sent
// events. A client that comes back says by `Last-Event-ID` what it has, and gets what is different.
import HTTPServer
import Ledger
import LedgerStore

package enum LiveRoutes {
  private static let eventStream = "text/event-stream"
  /// How long a client waits before it comes back.
  private static let reconnectPause = Duration.seconds(1)
  /// Fewer than for one answer: these are read again and again.
  private static let rowsMax: Int64 = 100

  package static func add(to routes: inout GuardedRoutes, desk: BoardDesk, live: LiveBoards) {
    let gate = routes.gate
    func on(_ pattern: String, _ kind: @escaping BoardKindReader) {
      routes.on(
        .get, pattern, for: .reader, produces: [eventStream],
        handler: answer(desk, live, gate, kind))
    }
    on("/points/leaderboard/stream") { query throws(Problem) in
      try .page(reading: &query, rowsMax: rowsMax)
    }
    on("/points/leaderboard/rank/stream", BoardQuestion.Kind.rank(reading:))
    on("/points/leaderboard/around/stream") { query throws(Problem) in
      try .around(reading: &query, rowsMax: rowsMax)
    }
  }

  private static func answer(
    _ desk: BoardDesk, _ live: LiveBoards, _ gate: AccessGate, _ kind: @escaping BoardKindReader
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try BoardChoice(&query)
      let kind = try kind(&query)
      let perSecond = try query.integer("perSecond", in: 1...20, otherwise: 2)
      let events = try query.optionalInteger("events", in: 1...1_000_000)
      try query.finish()
      let (type, board) = try await choice.find(by: desk.lookup)
      if let refusal = live.refusal(of: caller.service) { throw Problem(refusal, caller.name) }
      let name = LiveSubject.Name(question: BoardQuestion(kind, type, board), perSecond: perSecond)
      return HTTPResponse(
        .ok, contentType: ServerSentEvent.contentType,
        // A proxy that gathers an answer before it hands it on would gather for ever.
        fields: [ResponseField("Cache-Control", "no-store"), ResponseField("X-Accel-Buffering", "no")],
        body: .stream(stream(of: name, to: exchange, of: caller, events: events ?? .max, live, gate)))
    }
  }

  private static func stream(
    of name: LiveSubject.Name, to exchange: HTTPExchange, of caller: Caller, events: Int64,
    _ live: LiveBoards, _ gate: AccessGate
  ) -> ResponseStream {
    ResponseStream(isEndless: true) { writer throws(HTTPStreamError) in
      let seen = exchange.request.headers.values(of: "last-event-id").last
      try await live.listening(to: name, having: seen, for: caller.service) {
        listener throws(HTTPStreamError) in
        try await writer.write(ServerSentEvent.reconnecting(after: reconnectPause))
        var admission = live.admission(of: exchange, by: gate)
        var left = events
        while left > 0 {
          let turn = await listener.next()
          if case .ended = turn { return }
          guard await admission.holds() else { return }
          switch turn {
          case .event(let event):
            try await writer.write(event.bytes)
            live.noteSent()
            left -= 1
          case .heartbeat: try await writer.write(ServerSentEvent.heartbeat)
          case .ended: return
          }
        }
      }
    }
  }
}

extension Problem {
  fileprivate init(_ refusal: ListenerRefusal, _ service: String) {
    let sentence =
      switch refusal {
      case .full: "There are as many listeners as there may be."
      case .shareUsedUp: "The service \(service) has half of all listeners, and no service may have more."
      case .ending: "The service is about to stop."
      }
    self.init(.overloaded, sentence, fields: [.retrySoon])
  }
}
