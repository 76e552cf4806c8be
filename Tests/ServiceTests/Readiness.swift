// What /ready says, asked on several connections at once: they belong to different workers, and each worker
// has its own view of the stores.
import Foundation

struct Readiness {
  private let callers: [Caller]

  init(port: UInt16) throws {
    callers = try (0..<4).map { _ in try Caller(port: port) }
  }

  /// All answers, and the longest that one took.
  func ask() throws -> (answers: [Answer], slowest: Duration) {
    var slowest = Duration.zero
    let answers = try callers.map { caller in
      let begin = ContinuousClock.now
      defer { slowest = max(slowest, ContinuousClock.now - begin) }
      return try caller.get("/ready")
    }
    return (answers, slowest)
  }

  /// Whether every worker says that both stores serve.
  func isReady() throws -> Bool {
    try ask().answers.allSatisfy { $0.status == 200 }
  }

  /// Whether every worker blames this store, with a reason, and no other.
  func blames(_ stores: Set<Store>) throws -> Bool {
    try ask().answers.allSatisfy { answer in
      answer.status == 503 && answer.member("code") == "not_ready"
        && Store.allCases.allSatisfy { store in
          let word = answer.member(store.rawValue) ?? ""
          return !word.isEmpty && (word == "ready") == !stores.contains(store)
        }
    }
  }
}
