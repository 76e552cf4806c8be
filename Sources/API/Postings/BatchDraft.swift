// Many postings that have nothing to do with each other, in one request. Each has its own key and its own
// result; one that is wrong stops no other.
import HTTPServer
import JSON
import Ledger
import LedgerStore

struct BatchDraft {
  static let postingsMax = 500
  /// Over all postings: what the ledger is given at once is bounded however it is divided.
  static let legsMax = 2000

  private struct Item {
    let key: IdempotencyKey
    let legs: [LegDraft]
  }

  private let items: [Result<Item, Problem>]

  init(reading exchange: HTTPExchange) throws(Problem) {
    guard try exchange.idempotencyKey() == nil else {
      throw IdempotencyKey.refusal("is not taken here: each posting has its own key")
    }
    var body = try RequestBody(exchange)
    var items: [Result<Item, Problem>] = []
    var legCount = 0
    for var posting in try body.objects("postings", count: 1...Self.postingsMax) {
      do throws(Problem) {
        let key = try IdempotencyKey.sent(in: &posting)
        let legs = try LegDraft.all(in: &posting)
        legCount += legs.count
        try posting.finish()
        items.append(.success(Item(key: key, legs: legs)))
      } catch {
        items.append(.failure(error))
      }
    }
    try body.finish()
    guard legCount <= Self.legsMax else {
      throw .field("postings", "must have at most \(Self.legsMax) legs together, and have \(legCount)")
    }
    self.items = items
  }

  // MARK: Posting

  func posted(by caller: Caller, at desk: PostingDesk) async -> HTTPResponse {
    var results = [Result<PostingAnswer, Problem>?](repeating: nil, count: items.count)
    var postings: [(place: Int, posting: Posting)] = []
    var repeats: [(place: Int, posting: Posting)] = []
    var keys: Set<IdempotencyKey> = []
    let begin = desk.types.moment
    for (place, item) in items.enumerated() {
      do throws(Problem) {
        let item = try item.get()
        let posting = try await desk.posting(item.legs, as: .post, item.key, from: caller, since: begin)
        // A key that stands here twice: the first is the request, and the other its repetition.
        if keys.insert(item.key).inserted {
          postings.append((place, posting))
        } else {
          repeats.append((place, posting))
        }
      } catch {
        results[place] = .failure(error)
      }
    }
    for round in [postings, repeats] where !round.isEmpty {
      let outcomes = await desk.lanes.post(all: round.map(\.posting))
      for (item, outcome) in zip(round, outcomes) {
        results[item.place] = desk.result(of: outcome, for: item.posting)
      }
    }
    return .json(Self.encoded(results.compactMap(\.self)))
  }

  // MARK: The answer

  private static func encoded(_ results: [Result<PostingAnswer, Problem>]) -> [UInt8] {
    var json = JSONWriter(reservingCapacity: 1024 * (results.count + 1))
    json.object {
      $0.arrayField("results") {
        for result in results { $0.object { write(result, to: &$0) } }
      }
    }
    return json.finish()
  }

  private static func write(_ result: Result<PostingAnswer, Problem>, to json: inout JSONWriter) {
    switch result {
    case .success(let answer):
      json.field("status", Int64(HTTPStatus.created.code))
      json.field("replayed", answer.receipt.isReplay)
      answer.write(to: &json)
    case .failure(let problem):
      json.field("status", Int64(problem.status.code))
      json.field("replayed", problem.isReplay)
      json.key("problem")
      problem.write(to: &json)
    }
  }
}

extension PostingDesk {
  fileprivate func result(
    of outcome: Result<PostingOutcome, LedgerError>, for posting: Posting
  ) -> Result<PostingAnswer, Problem> {
    do throws(Problem) {
      switch outcome {
      case .success(let outcome): return .success(try answer(to: posting, outcome))
      case .failure(let error): throw Problem(error)
      }
    } catch {
      return .failure(error)
    }
  }
}
