// Tasks that carry out handlers, one after another. To make a task for each request, with memory for its
// frames, and to take both apart again costs a tenth of a balance check; so a task that has given an answer
// waits for the next request, and finds the memory that the last one needed.
import EventLoop

/// Who waits for what a handler answers.
protocol AnswerTaker {
  /// Called once for each handler, on its loop, also when nobody wants the answer any more.
  func take(_ response: HTTPResponse, to exchange: HTTPExchange)
}

/// The tasks of one worker; used on its loop only.
final class HandlerTasks {
  /// So many wait for work; more end with their answer. Each keeps the memory that the deepest handler needed
  /// which it has carried out.
  static let idleMax = 256

  private let loop: EventLoop
  /// The one that worked last is the next to work: its memory is still in the cache.
  private var idle: [HandlerTask] = []
  private var isEnding = false
  /// How many there are, at work or waiting.
  fileprivate(set) var living = 0

  init(on loop: EventLoop) {
    self.loop = loop
  }

  /// How many wait for work.
  var waiting: Int { idle.count }

  /// Has the handler begin in this turn of the loop, after this call. What is returned may be cancelled until
  /// the answer is taken, and not later, for then it works for somebody else.
  func start(
    _ handle: @escaping HTTPHandler, _ exchange: HTTPExchange, for taker: any AnswerTaker
  ) -> HandlerTask {
    let work = HandlerTask.Work(handle: handle, exchange: exchange, taker: taker)
    if let task = idle.popLast() {
      task.resume(with: work)
      return task
    }
    living += 1
    let task = HandlerTask(of: self)
    task.begin(with: work, on: loop)
    return task
  }

  /// Whether the task is to wait for further work.
  fileprivate func keep(_ task: HandlerTask) -> Bool {
    guard !isEnding, idle.count < Self.idleMax else { return false }
    idle.append(task)
    return true
  }

  /// No task waits any longer; those at work end with their answer. A loop that stops before that keeps them.
  func end() {
    isEnding = true
    for task in idle { task.resume(with: nil) }
    idle = []
  }
}

/// Carries out one handler at a time; used on its loop only.
@safe final class HandlerTask: @unchecked Sendable {
  fileprivate struct Work {
    let handle: HTTPHandler
    let exchange: HTTPExchange
    let taker: any AnswerTaker
  }

  private let tasks: HandlerTasks
  private var work: Work?
  private var waiting: UnsafeContinuation<Void, Never>?
  private var task: Task<Void, Never>?
  /// Who was cancelled once is so for ever, and works for nobody else.
  private var isCancelled = false

  fileprivate init(of tasks: HandlerTasks) {
    self.tasks = tasks
  }

  /// Tells the handler that nobody waits for it.
  func cancel() {
    precondition(work != nil, "The handler has answered.")
    isCancelled = true
    task?.cancel()
  }

  fileprivate func begin(with work: Work, on loop: EventLoop) {
    self.work = work
    task = Task(executorPreference: loop) { [self] in await run() }
  }

  /// Without work the task ends.
  fileprivate func resume(with work: Work?) {
    self.work = work
    guard let continuation = unsafe waiting.take() else { preconditionFailure("Who is kept waits for work.") }
    unsafe continuation.resume()
  }

  private func run() async {
    while await carryOut(), tasks.keep(self) {
      await unsafe withUnsafeContinuation { unsafe waiting = $0 }
    }
    task = nil
    tasks.living -= 1
  }

  /// Whether the task may work for somebody else. By itself, so that who waits for work holds on to nobody's
  /// connection.
  private func carryOut() async -> Bool {
    guard let work else { return false }
    let response: HTTPResponse
    do throws(Problem) {
      response = try await work.handle(work.exchange)
    } catch {
      response = error.response
    }
    self.work = nil
    work.taker.take(response, to: work.exchange)
    return !isCancelled
  }
}
