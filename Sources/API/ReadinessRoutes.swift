// Whether this process can do its work right now: each store it needs is asked, and the answer says which one
// does not answer and why.
package import HTTPServer
import JSON

package enum ReadinessRoutes {
  package static func add(to router: inout Router<Endpoint>, probes: [ReadinessProbe]) {
    router.on(
      .get, "/ready",
      Endpoint { exchange throws(Problem) in
        var outcomes: [(StaticString, ReadinessProbe.Outcome)] = []
        for (probe, pending) in probes.map({ ($0, $0.ask()) }) {
          outcomes.append((probe.name, await probe.outcome(of: pending)))
        }
        return try answer(outcomes, inFull: exchange.isFromThisMachine)
      })
  }

  /// The reason names hosts and users of ours. Only a caller on this machine is told; for the others it is in
  /// the log.
  private static func answer(
    _ outcomes: [(StaticString, ReadinessProbe.Outcome)], inFull: Bool
  ) throws(Problem) -> HTTPResponse {
    var sentences: [String] = []
    var members: [Problem.Member] = []
    for (name, outcome) in outcomes {
      switch outcome {
      case .ready:
        members.append(.text(name, "ready"))
      case .failing(let reason):
        let sentence = inFull ? reason : "it does not answer"
        members.append(.text(name, sentence))
        sentences.append("\(name): \(sentence)")
      }
    }
    guard sentences.isEmpty else {
      throw Problem(.notReady, sentences.joined(separator: "; "), members: members, fields: [.retrySoon])
    }
    return .json(encoded(outcomes.map(\.0)))
  }

  private static func encoded(_ names: [StaticString]) -> [UInt8] {
    var json = JSONWriter(reservingCapacity: 96)
    json.object {
      $0.field("status", "ready" as StaticString)
      for name in names { $0.field(name, "ready" as StaticString) }
    }
    return json.finish()
  }
}

extension ProblemCode {
  /// Every code that these routes add to those of the HTTP layer, for the documentation and its test.
  package static var ofAPI: [ProblemCode] { [notReady] + ofLedger }

  /// A store this process needs does not answer; only `/ready` says so.
  package static var notReady: ProblemCode {
    ProblemCode("not_ready", .serviceUnavailable, "A store that this service needs does not answer.")
  }
}
