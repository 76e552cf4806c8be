// Constant load while something breaks: many callers, each on its own connection and thread, each asking for
// an answer that only it can get.
import Foundation
import Synchronization
import TestSupport

/// What a caller asks for.
enum Question: String, CaseIterable, Sendable {
  case redis, postgres, health

  /// The longest a call may take: the deadlines of the service under test (a Redis command; a place on a
  /// session and then a statement; nothing at all), and some time for a busy machine.
  var deadline: Duration {
    switch self {
    case .redis: .milliseconds(250) + Self.spare
    case .postgres: .seconds(3) + .milliseconds(1500) + Self.spare
    case .health: Self.spare
    }
  }

  private static let spare = Duration.seconds(8)

  func target(_ word: String) -> String {
    switch self {
    case .redis: "/bench/redis/\(word)"
    case .postgres: "/bench/postgres/\(word)"
    case .health: "/health"
    }
  }

  func isAnswer(_ body: String, to word: String) -> Bool {
    self == .health ? body == #"{"status":"ok"}"# : body == word
  }
}

/// Callers that go on until they are told to stop.
final class Load: Sendable {
  /// One caller's count; a call is answered, or refused for now, or it is wrong.
  struct Tally: Sendable {
    let question: Question
    var answered = 0
    var refused = 0
    var slowest = Duration.zero
    var wrong: [String] = []
  }

  private let port: UInt16
  private let tallies: Mutex<[Tally]>
  private let isOver = Atomic(false)
  private let ended = DispatchSemaphore(value: 0)
  private let callers: Int

  init(on port: UInt16, callers counts: [Question: Int] = [.redis: 6, .postgres: 6, .health: 2]) {
    self.port = port
    let questions = Question.allCases.flatMap { Array(repeating: $0, count: counts[$0] ?? 0) }
    callers = questions.count
    tallies = Mutex(questions.map { Tally(question: $0) })
    for (index, question) in questions.enumerated() {
      Thread.detachNewThread { [self] in
        call(question, as: index)
        ended.signal()
      }
    }
  }

  /// The counts so far of those who ask this.
  func tallies(of question: Question) -> [Tally] {
    tallies.withLock { $0.filter { $0.question == question } }
  }

  /// Waits until every caller with this question has had so many more answers. False when the time is up.
  func goesOn(_ question: Question, answers: Int = 20, within limit: Duration) -> Bool {
    let before = tallies(of: question)
    return Eventually.holds(within: limit) {
      zip(tallies(of: question), before).allSatisfy { $0.answered >= $1.answered + answers }
    }
  }

  /// Waits until every caller with this question has been refused once more.
  func isRefused(_ question: Question, within limit: Duration) -> Bool {
    let before = tallies(of: question)
    return Eventually.holds(within: limit) {
      zip(tallies(of: question), before).allSatisfy { $0.refused > $1.refused }
    }
  }

  /// Ends the calls; every one that was under way is waited for.
  func stop() -> [Tally] {
    isOver.store(true, ordering: .relaxed)
    for _ in 0..<callers { ended.wait() }
    return tallies.withLock { $0 }
  }

  private func call(_ question: Question, as index: Int) {
    do {
      let caller = try Caller(port: port)
      var number = 0
      while !isOver.load(ordering: .relaxed) {
        number += 1
        let word = "caller-\(index)-call-\(number)"
        let begin = ContinuousClock.now
        let answer = try caller.get(question.target(word))
        let spent = ContinuousClock.now - begin
        tallies.withLock { Self.note(answer, to: word, after: spent, in: &$0[index]) }
        // The pace of a caller, so that refusals, which cost nothing, do not take the whole machine.
        usleep(1000)
      }
    } catch {
      tallies.withLock { $0[index].wrong.append("\(error)") }
    }
  }

  private static func note(_ answer: Answer, to word: String, after spent: Duration, in tally: inout Tally) {
    tally.slowest = max(tally.slowest, spent)
    switch answer.status {
    case 200 where tally.question.isAnswer(answer.body, to: word): tally.answered += 1
    case 503 where answer.member("code") == "unavailable": tally.refused += 1
    default: tally.wrong.append("\(word): \(answer.status) \(answer.body)")
    }
  }
}
