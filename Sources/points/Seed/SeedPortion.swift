// A portion of a world on its way into the ledger: the names of its players, one posting of what they did,
// and one that takes back the mistakes. Each posting has a key that follows from the world and the portion,
// so a portion that was done, or done in part, can be done again.
import Cryptography
import Ledger
import LedgerStore
import PostgresClient
import Service
import Worlds

struct SeedPortion: Sendable {
  struct Outcome: Sendable {
    let transactions: Int64
    /// Whether an earlier run had made all of it.
    let wasKnown: Bool
  }

  let chunk: WorldChunk
  let service: ServiceID
  let types: [PointTypeID]
  /// Whether to look what is done already, before anything is posted.
  let looksBack: Bool

  /// A world posts under an id of its own: its keys meet no others, and its transactions can be told apart.
  static func service(of plan: WorldPlan) -> ServiceID {
    let words = Digest(of: Array("points seed: \(plan.name)".utf8)).words
    return ServiceID(UUIDBits(high: words.0, low: words.1))
  }

  func settle(at desk: LedgerDesk) async throws(CommandFailure) -> Outcome {
    let deeds = chunk.players.flatMap { player in player.deeds.map { (player.id, $0) } }
    let mistakes = deeds.indices.filter { deeds[$0].1.isMistaken }
    let outcome = { Outcome(transactions: Int64(deeds.count + mistakes.count), wasKnown: $0) }
    let requests =
      [request("deeds", deeds.count)] + (mistakes.isEmpty ? [] : [request("mistakes", mistakes.count)])
    if looksBack, try await areAnswered(requests, at: desk) { return outcome(true) }
    let names = chunk.players.compactMap { player in
      player.displayName.map { (user: player.id, displayName: $0) }
    }
    try await desk.patiently { () async throws(PostgresError) in try await desk.users.register(names) }
    let posted = try await post(deeds.map { $1.leg(of: $0, types: types) }, requests[0], at: desk)
    if !mistakes.isEmpty {
      let legs = mistakes.map { Self.reversal(of: posted[$0]) }
      _ = try await post(legs, requests[1], at: desk)
    }
    return outcome(false)
  }

  /// How much earlier everything in this portion happened by the ledger, in microseconds; nil if it is not
  /// there yet.
  func age(at desk: LedgerDesk) async throws(CommandFailure) -> Int64? {
    let deeds = chunk.players.flatMap(\.deeds)
    let request = request("deeds", deeds.count)
    let posted = try await desk.patiently { () async throws(PostgresError) -> [Transaction] in
      guard case .posted(let id, _)? = try await desk.reader.answers(to: [request])[request.digest]?.outcome
      else { return [] }
      return try await desk.reader.posting(id)
    }
    guard !posted.isEmpty else { return nil }
    let ages = Set(zip(deeds, posted).map { $0.occurredAt.microseconds - $1.occurredAt.microseconds })
    guard let age = ages.first, ages.count == 1, posted.count == deeds.count else {
      throw CommandFailure(
        description:
          "the world was begun with other settings (POINTS_OCCURRED_PAST): it cannot go on with these")
    }
    return age
  }

  private func areAnswered(_ requests: [Request], at desk: LedgerDesk) async throws(CommandFailure) -> Bool {
    let answers = try await desk.patiently { () async throws(PostgresError) in
      try await desk.reader.answers(to: requests)
    }
    return answers.count == requests.count
  }

  private func request(_ what: String, _ legs: Int) -> Request {
    var content = RequestContent(.post)
    content.add(.legs, Int64(legs))
    return Request(service: service, key: Array("\(chunk.number) \(what)".utf8), content: content)
  }

  /// The transactions, one for each leg.
  private func post(
    _ legs: [Leg], _ request: Request, at desk: LedgerDesk
  ) async throws(CommandFailure) -> [Transaction] {
    var random = SystemRandomNumberGenerator()
    let posting = Posting(
      id: PostingID(at: .now, random: &random), legs: legs, request: request, service: service,
      isByAdmin: false)
    switch try await desk.postPatiently([posting]).first {
    case .posted(let receipt) where receipt.transactions.count == legs.count: return receipt.transactions
    case .refused(let refusal, _):
      throw CommandFailure(
        description: "what \(legs[refusal.leg].account.user) did was refused: \(refusal.sentence)")
    case .typeGone: throw CommandFailure(description: "a point type was deleted meanwhile")
    case .posted, .conflicting, .inFlight, nil:
      throw CommandFailure(description: "portion \(chunk.number) is in the ledger already, but otherwise")
    }
  }

  private static func reversal(of mistake: Transaction) -> Leg {
    let original = ReversibleTransaction(
      mistake, earned: mistake.kind.isEarned ? mistake.amount : 0, spent: 0)
    var details = TransactionDetails()
    details.reason = "Given twice by mistake"
    details.occurredAt = mistake.occurredAt
    return Leg(
      account: mistake.account,
      change: .reversal(Reversal(original: original, amount: nil, allowsPartial: false)), kind: .reversal,
      details: details)
  }
}
