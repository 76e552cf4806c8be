// What is asked in one turn of the live boards. Everything that is due is taken in the order in which it came
// due, and the turn ends when it would ask for too much: one who listens to ten thousand pages makes live
// boards slower, but neither takes Redis from the others nor keeps anybody waiting for ever.
import EventLoop

/// Made anew for each turn; used on its worker's loop only.
struct LiveTurnPlan {
  private let now: MonotonicInstant
  private var rowsLeft: Int64
  private var due: [LiveSubject] = []
  private var dueOfBoard: [BoardQuestion.BoardName: Int] = [:]
  private var pulses: [BoardQuestion.BoardName: BoardPulse] = [:]

  init(_ subjects: some Sequence<LiveSubject>, at now: MonotonicInstant, _ options: LiveBoards.Options) {
    self.now = now
    rowsLeft = options.rowsAtOnce
    let waiting = subjects.lazy.map { (due: $0.due, subject: $0) }.filter { $0.due <= now }
    for (_, subject) in waiting.sorted(by: { $0.due < $1.due }) {
      let board = subject.name.question.boardName
      guard dueOfBoard[board] != nil || dueOfBoard.count < options.boardsAtOnce else { continue }
      dueOfBoard[board, default: 0] += 1
      due.append(subject)
    }
  }

  var isEmpty: Bool { due.isEmpty }

  /// Boards worth a look: of any other, the one thing is asked at once.
  var looks: [BoardQuestion.BoardName] { dueOfBoard.filter { $0.value > 1 }.map(\.key) }

  mutating func note(_ looks: [BoardLook]) {
    for look in looks { pulses[look.board] = look.pulse }
  }

  /// What to ask. What does not fit stays due.
  mutating func questions() -> [LiveQuestion] {
    var questions: [LiveQuestion] = []
    for subject in due {
      let pulse = pulses[subject.name.question.boardName]
      if !subject.isSettled(at: pulse) {
        let weight = subject.name.question.kind.weight
        guard weight <= rowsLeft else { break }
        rowsLeft -= weight
        questions.append(LiveQuestion(subject: subject, isRegular: subject.isRegular(at: now), pulse: pulse))
      }
      subject.noteAsked(at: now)
    }
    return questions
  }
}

/// A look at a board, of which two or more things are due; used on its worker's loop only.
final class BoardLook: @unchecked Sendable {
  let board: BoardQuestion.BoardName
  /// Nil where only asking tells.
  var pulse: BoardPulse?

  init(board: BoardQuestion.BoardName) { self.board = board }
}

/// Something to be asked in this turn.
struct LiveQuestion: Sendable {
  let subject: LiveSubject
  /// Whether the answer is for everybody, and not only for those who missed something.
  let isRegular: Bool
  /// Of the board, before the question.
  let pulse: BoardPulse?

  func tell(_ answer: LiveAnswer) {
    if isRegular { subject.publish(answer, asOf: pulse) } else { subject.catchUp(answer) }
  }
}

extension BoardQuestion.Kind {
  /// What it costs to ask, in rows: looking for a place costs about as much as ten rows behind it.
  fileprivate var weight: Int64 {
    switch self {
    case .rank: 11
    case .page(_, let count, _), .around(_, let count), .aroundScore(_, let count): 10 + count
    }
  }
}
