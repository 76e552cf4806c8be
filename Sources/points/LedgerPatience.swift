// How commands that post many things bear with a Postgres that goes away for a while. Whatever they do is
// harmless when it is repeated, so a restart of the server is waited for and not passed on to a person.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Service

/// Why a command could not go on, as a sentence without a full stop.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String
}

extension LedgerDesk {
  private static let patience = Duration.seconds(30)
  private static let pause = Duration.milliseconds(250)

  /// Asks again as long as the server may come back.
  func patiently<Value: Sendable>(
    _ ask: () async throws(PostgresError) -> Value
  ) async throws(CommandFailure) -> Value {
    let end = loop.clock.now + Self.patience
    while true {
      do throws(PostgresError) {
        return try await ask()
      } catch {
        guard error.mayPass, loop.clock.now < end, (try? await loop.sleep(for: Self.pause)) != nil else {
          throw CommandFailure(description: "\(error)")
        }
      }
    }
  }

  /// Posts until each posting has an outcome that stays. All have idempotency keys, or this would not do.
  func postPatiently(_ postings: [Posting]) async throws(CommandFailure) -> [PostingOutcome] {
    let end = loop.clock.now + Self.patience
    var outcomes: [PostingOutcome?] = Array(repeating: nil, count: postings.count)
    var open = Array(postings.indices)
    while true {
      let results = await lanes.post(all: open.map { postings[$0] })
      var unsettled: [Int] = []
      var reason = "somebody else makes the same postings"
      for (index, result) in zip(open, results) {
        switch result {
        case .success(.inFlight): unsettled.append(index)
        case .success(let outcome): outcomes[index] = outcome
        case .failure(.failed(let error)): throw CommandFailure(description: "\(error)")
        case .failure(let error):
          reason = error.sentence
          unsettled.append(index)
        }
      }
      open = unsettled
      if open.isEmpty { return outcomes.compactMap(\.self) }
      guard loop.clock.now < end, (try? await loop.sleep(for: Self.pause)) != nil else {
        throw CommandFailure(description: reason)
      }
    }
  }
}

extension PostgresError {
  fileprivate var mayPass: Bool {
    guard let state else { return true }
    return ["08", "40", "53", "55", "57"].contains { state.rawValue.hasPrefix($0) }
  }
}

extension LedgerError {
  fileprivate var sentence: String {
    switch self {
    case .overloaded: "the ledger takes no more just now"
    case .accountBusy: "an account is held by a transaction that does not end"
    case .unavailable(let error, _), .failed(let error): "\(error)"
    }
  }
}
