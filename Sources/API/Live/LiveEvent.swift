// What listeners of a board are sent.
import Cryptography
import HTTPServer
import Ledger

/// A state of what was asked about. Two with the same id look the same, in whatever process they were made,
/// so a listener who comes back with the last id he had is not sent again what he has.
struct LiveEvent: Sendable {
  let id: String
  let bytes: [UInt8]

  init(_ reply: BoardReply) {
    self.init("board", reply.json, identity: reply.json.span.extracting(first: reply.lastingBytes))
  }

  /// That there is no answer is a state, too: the user is not on the board, or boards cannot be read.
  init(_ problem: Problem) {
    let json = problem.json
    self.init(problem.isNotRanked ? "unranked" : "unavailable", json, identity: json.span)
  }

  private init(_ name: StaticString, _ json: [UInt8], identity: Span<UInt8>) {
    id = Digest(of: identity).words.0.hexadecimal
    bytes = ServerSentEvent(name, id: id, data: json).bytes
  }
}

extension Problem {
  var isNotRanked: Bool { code == .notRanked }
}
