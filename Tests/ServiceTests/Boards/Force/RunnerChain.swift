// Seasons closed one after the other. To each of them something is done while a process is at one certain
// step of closing it; whoever is there then goes on, and closes the next one.
import EmbeddedServers
import Foundation
import TestSupport

/// What is done while a process stands still at a step.
enum Strike: Sendable, CaseIterable {
  /// As kill -9, and another one is started.
  case kill
  /// As SIGSTOP, until another one has done its work or cannot get on; then it goes on where it was.
  case sleep
  case flushRedis, killRedis, killPostgres

  /// What is done to processes at these steps. Whether one sleeps before a step or after the one before it is
  /// the same to the others.
  static func ofProcesses(at halts: [Halt]) -> [(strike: Strike, halt: Halt)] {
    halts.map { (.kill, $0) } + halts.filter { !$0.isDone }.map { (.sleep, $0) }
  }
}

/// Used by one thread at a time.
final class RunnerChain {
  let league: League
  let installation: Installation
  private(set) var service: SteppedService
  private let trickle: Trickle
  /// How often periods had been closed, or looked for, after the last strike.
  private var runsBefore = 0
  /// The board that was closed last.
  private(set) var closed = ""
  /// What a process does when it starts and all the time, whether or not anything is closed.
  private var everyday: Set<String> = []

  init(_ installation: Installation, boards: Int) throws {
    self.installation = installation
    service = try SteppedService(on: installation)
    try installation.waitUntilMirrored([service.port])
    everyday = Set(service.watch.steps.compactMap(\.trail.last))
    league = try League(installation, boards: boards, through: service.port)
    trickle = Trickle(installation, through: service.port)
    try learnEveryday()
  }

  deinit { trickle.stop() }

  struct Unexpected: Error, CustomStringConvertible {
    let description: String
  }

  /// Some more runs of all jobs, and a change of definitions, which everybody reads anew.
  private func learnEveryday() throws {
    service.watch.begin()
    let board = try league.next()
    let change = Call(
      method: "PATCH", target: "/points/boards/\(board)", key: installation.admin,
      body: #"{"displayName":"Another name"}"#)
    guard try Caller(port: service.port).ask(change).status == 200 else {
      throw Unexpected(description: "no other name")
    }
    let before = try runs()
    guard try Eventually.holds(within: .seconds(20), { try runs() >= before + 3 }) else {
      throw Unexpected(description: "nothing runs")
    }
    everyday.formUnion(service.watch.steps.compactMap(\.trail.last))
  }

  private func runs() throws -> Int {
    Int(try league.ask("SELECT runs FROM jobs WHERE name = 'close-periods'")) ?? 0
  }

  // MARK: Closing

  /// What a season that nothing happens to is stored as, and at which steps of that one could be stopped.
  func closeInPeace() throws -> (digest: String, halts: [Halt], faults: [String]) {
    let board = try endNext()
    closed = board
    let digest = try league.digestOfTransactions(on: board)
    let faults = try league.faults(of: board, expecting: digest)
    return (digest, halts(), faults)
  }

  /// Of what was done since the watch began: nothing of what is done every day.
  func halts() -> [Halt] {
    let steps = service.watch.steps.filter { !everyday.isSuperset(of: $0.trail) }
    return service.watch.halts(among: steps)
  }

  /// Closes a season, strikes at a step of it, and tells what is not as it should be in the end.
  func close(_ strike: Strike, at halt: Halt, expecting digest: String) throws -> [String] {
    waitForRun()
    let board = try endNext(haltingAt: halt)
    guard service.watch.haltIsReached(within: .seconds(40)) else { return [try missed(halt, of: board)] }
    try self.strike(strike) { (try? league.state(of: board)) == "frozen" }
    return try league.faults(of: board, expecting: digest).map { "\(strike) \(halt): \($0)" }
  }

  /// Has the next season end, and watches from before its end on. On a busy machine it may be over before
  /// anybody watches: then another one ends, with more notice.
  private func endNext(haltingAt halt: Halt? = nil) throws -> String {
    for attempt in 0..<3 {
      let board = try league.next()
      guard try league.isInRedis(board) else { throw Unexpected(description: "\(board) is not in Redis") }
      try league.end(board, through: service.port, after: 1.5 * Double(attempt))
      service.watch.begin(haltingAt: halt)
      if try league.goesOn(board) { return board }
      goOn()
      let isOver = try Eventually.holds(within: .seconds(30)) {
        try league.state(of: board) == "frozen" && !league.isInRedis(board)
      }
      guard isOver else { throw Unexpected(description: "\(board) is \(try league.state(of: board))") }
      runsBefore = try runs()
      waitForRun()
    }
    throw Unexpected(description: "three seasons were over before anybody watched")
  }

  /// What there is instead of a step that did not come.
  private func missed(_ halt: Halt, of board: String) throws -> String {
    let jobs = try league.ask("SELECT name, runs, last_error FROM jobs WHERE name = 'close-periods'")
    let seen = service.watch.steps.filter { !everyday.isSuperset(of: $0.trail) }
    let state = try league.state(of: board)
    goOn()
    return "\(halt) never came; \(board) is \(state), \(jobs), and seen were \(seen)"
  }

  /// Stops nobody any more.
  private func goOn() {
    service.watch.begin()
    service.release()
  }

  /// Strikes at a process that stands still, and has whoever is there go on.
  func strike(_ strike: Strike, until isDone: () -> Bool) throws {
    let servers = installation.servers
    switch strike {
    case .kill:
      service.process.kill()
      try replace()
    case .sleep:
      let sleeper = service
      sleeper.process.suspend()
      try replace()
      // It may have locked what the other one needs.
      _ = Eventually.holds(within: .seconds(4), isDone)
      sleeper.process.resume()
      sleeper.release()
      _ = Eventually.holds(within: .seconds(10), isDone)
      sleeper.process.kill()
    case .flushRedis:
      try StoreConsole(servers.redis).run("FLUSHALL")
      service.release()
      try installation.waitUntilMirrored([service.port])
    case .killRedis:
      servers.redis.kill()
      try servers.redis.start()
      service.release()
      try installation.waitUntilMirrored([service.port])
    case .killPostgres:
      servers.postgres.kill()
      try servers.postgres.start()
      service.release()
    }
    runsBefore = try runs()
  }

  private func replace() throws {
    service = try SteppedService(on: installation)
    trickle.turn(to: service.port)
  }

  /// Whoever begins, or finds Redis again, tells it anew of all that was closed before; a run later that is
  /// done.
  private func waitForRun() {
    _ = Eventually.holds(within: .seconds(10)) { (try? runs()) ?? 0 > runsBefore }
  }
}
