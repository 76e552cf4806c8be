// Stands in for the stores of live boards: answers as a test says, and keeps what was asked.
import BoardStore
import Boards
import EventLoop
import HTTPServer
import Ledger
import Synchronization

@testable import API

final class ScriptedBoards: Sendable {
  private struct State {
    var pulse: BoardPulse?
    var answers: [BoardQuestion: LiveAnswer] = [:]
    var otherwise = ScriptedBoards.board("nothing", at: 1)
    var asked: [BoardQuestion] = []
    var looks = 0
  }

  private let state = Mutex(State())

  /// What was asked since this was read last.
  func takeAsked() -> [BoardQuestion] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  var looks: Int { state.withLock { $0.looks } }

  /// How the board looks from now on; nil if it cannot be looked at.
  func show(_ pulse: BoardPulse?) { state.withLock { $0.pulse = pulse } }

  func answer(_ question: BoardQuestion, _ answer: LiveAnswer) {
    state.withLock { $0.answers[question] = answer }
  }

  func answerAll(_ answer: LiveAnswer) {
    state.withLock { state in
      (state.answers, state.otherwise) = ([:], answer)
    }
  }

  var source: LiveBoards.Source {
    LiveBoards.Source(
      pulse: { [self] _ in
        state.withLock { state in
          state.looks += 1
          return state.pulse
        }
      },
      answer: { [self] question in
        state.withLock { state in
          if question != Self.lead.question { state.asked.append(question) }
          return state.answers[question] ?? state.otherwise
        }
      })
  }

  // MARK: What there is to answer

  static func pulse(at position: Int64, members: Int64 = 3) -> BoardPulse {
    BoardPulse(first: BoardPage(rows: [], offset: 0, members: members), position: position)
  }

  static func board(_ content: String, at position: Int64?) -> LiveAnswer {
    let json = Array(#"{"entries":"\#(content)"}"#.utf8)
    let reply = BoardReply(json: json, lastingBytes: json.count, bytesBeforeOrigin: json.count)
    return LiveAnswer(event: LiveEvent(reply), position: position)
  }

  static let unavailable = LiveAnswer(
    event: LiveEvent(Problem(.unavailable, "Not now.")), position: nil)

  static func name(
    _ kind: BoardQuestion.Kind, perSecond: Int64 = 20, ofType number: UInt64 = 1
  ) -> LiveSubject.Name {
    let start = Instant(microseconds: 0)
    let type = PointType(
      id: PointTypeID(UUIDBits(high: 0, low: number)), name: "type\(number)", displayName: "",
      description: nil,
      isEnabled: true, minAmount: nil, maxAmount: nil, createdAt: start, updatedAt: start)
    return LiveSubject.Name(question: BoardQuestion(kind, type, .allTime(.balance)), perSecond: perSecond)
  }

  /// Listened to before anything else, so that all who come then have their first turn together. It is not
  /// kept that this was asked.
  static let lead = name(.rank(UserID(stored: "lead")), perSecond: 1, ofType: .max)

  static func rank(of user: String) -> LiveSubject.Name { name(.rank(UserID(stored: user))) }
}
