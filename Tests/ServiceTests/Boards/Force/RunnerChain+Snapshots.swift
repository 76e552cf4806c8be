// Snapshots on demand: whoever asked asks again with the same key, and has the one snapshot he asked for.
import Foundation
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
    let asker = try Caller(port: service.port)
    service.watch.begin(haltingAt: halt)
    try asker.send(call.bytes)
    guard service.watch.haltIsReached(within: .seconds(10)) else { return ["\(halt) never came"] }
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
