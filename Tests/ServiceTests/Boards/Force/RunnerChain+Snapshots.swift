// Snapshots on demand: whoever asked asks again with the same key, and has the one snapshot he asked for.
import Foundation
import Synchronization
import TestSupport

extension RunnerChain {
  /// What a snapshot of a board says to which nothing happens, and at which steps of taking it a process can
  /// be stopped.
  func snapshotInPeace(of board: String) throws -> (digest: String, halts: [Halt]) {
    service.watch.begin()
    let answer = try Caller(port: service.port).ask(call(of: board, named: "in peace"))
    guard answer.status == 201, let digest = answer.json["digest"].text else {
      throw Unexpected(description: answer.body)
    }
    return (digest, halts())
  }

  /// Asks for a snapshot, strikes at a step of taking it, and tells what is not as it should be after it was
  /// asked for again.
  func snapshot(
    of board: String, _ strike: Strike, at halt: Halt, expecting digest: String
  ) throws -> [String] {
    let call = call(of: board, named: "\(strike) \(halt)")
    service.watch.begin(haltingAt: halt)
    let asker = Asker(call, at: service.port)
    let isReached = service.watch.haltIsReached(within: .seconds(40))
    asker.stop()
    guard isReached else { return ["\(halt) never came"] }
    var answer = Answer()
    try self.strike(strike) {
      answer = (try? Caller(port: service.port).ask(call)) ?? answer
      return answer.status == 201
    }
    _ = try Eventually.holds(within: .seconds(20)) {
      answer = try Caller(port: service.port).ask(call)
      return answer.status == 201
    }
    var faults = try league.remains()
    if answer.json["digest"].text != digest { faults.append("\(answer.status) \(answer.body)") }
    return faults.map { "\(strike) \(halt): \($0)" }
  }

  private func call(of board: String, named name: String) -> Call {
    .post("/points/snapshots", #"{"board":"\#(board)"}"#, as: installation.admin, once: name)
  }
}

/// Asks on a thread of its own, for a process that is stopped gives no answer; and again while it is told to,
/// as on a busy machine, until it is stopped.
private final class Asker: Sendable {
  private let isOver = Atomic(false)

  init(_ call: Call, at port: UInt16) {
    Thread.detachNewThread { [self] in
      guard let caller = try? Caller(port: port) else { return }
      while (try? caller.ask(call))?.status == 503, !isOver.load(ordering: .relaxed) { usleep(100_000) }
    }
  }

  func stop() { isOver.store(true, ordering: .relaxed) }
}
