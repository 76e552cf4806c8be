// Who holds the key that a request presents. One for each worker: it asks Postgres about a key at most once
// at a time and twice in two seconds, and answers from memory in between. A revoked key is refused within two
// seconds; while Postgres does not answer, keys that were good are good for a minute, because a store that
// fails must not lock out those who are served from another one.
import Cryptography
package import EventLoop
package import HTTPServer
import LedgerStore
package import PostgresClient

/// Loop thread only.
package final class Authenticator: @unchecked Sendable {
  /// Asks about a key by its id; for tests another one than Postgres.
  typealias Question = @Sendable (_ id: KeyID) async throws(PostgresError) -> FindKey.Row?

  /// How long a caller whose old answer could stand in waits for a new one.
  static let patience = Duration.milliseconds(250)

  private let loop: EventLoop
  private let ask: Question
  private var cache: KeyCache
  private var inquiries: [Digest: Inquiry] = [:]
  private var strangers: QuestionAllowance

  package convenience init(_ pool: PostgresPool, on loop: EventLoop) {
    self.init(on: loop) { id throws(PostgresError) in try await pool.first(FindKey(id)) }
  }

  init(
    on loop: EventLoop, limits: KeyCache.Limits = KeyCache.Limits(), strangersEachSecond: Int = 1000,
    asking ask: @escaping Question
  ) {
    self.loop = loop
    self.ask = ask
    cache = KeyCache(limits)
    strangers = QuestionAllowance(eachSecond: strangersEachSecond)
  }

  /// What is known of a caller without waiting.
  enum AtHand {
    case caller(Caller)
    /// Who may stand in for the answer, if it does not come.
    case mustAsk(BearerKey.Presented, standIn: Caller?)
  }

  /// The caller whose key the request presents, or the problem to answer with.
  package func caller(of request: HTTPRequest, from peer: PeerAddress) async throws(Problem) -> Caller {
    switch try callerAtHand(of: request, from: peer) {
    case .caller(let caller): caller
    case .mustAsk(let key, let standIn): try await caller(presenting: key, standIn: standIn)
    }
  }

  /// The same as far as it goes without waiting: nearly always all the way.
  func callerAtHand(of request: HTTPRequest, from peer: PeerAddress) throws(Problem) -> AtHand {
    switch BearerKey(in: request.headers) {
    case .missing: throw .missingKey
    case .unreadable(let sentence): throw .unauthorized(sentence, isInvalid: true)
    case .presented(let key): return try callerAtHand(presenting: key, from: peer)
    }
  }

  private func callerAtHand(
    presenting key: BearerKey.Presented, from peer: PeerAddress
  ) throws(Problem) -> AtHand {
    let now = loop.now
    switch cache.find(key.digest, now: now) {
    case .caller(let caller): return .caller(caller)
    case .callerToRefresh(let caller):
      _ = inquire(key, now)
      return .caller(caller)
    case .refused: throw .unknownKey
    case .mustAsk(let standIn):
      guard standIn != nil || inquiries[key.digest] != nil || strangers.take(for: peer.host, now) else {
        throw .tooManyStrangers
      }
      return .mustAsk(key, standIn: standIn)
    }
  }

  /// The holder of a key that is not at hand.
  func caller(
    presenting key: BearerKey.Presented, standIn: Caller?
  ) async throws(Problem) -> Caller {
    let now = loop.now
    if let standIn, let inquiry = inquiries[key.digest], inquiry.asked + Self.patience <= now {
      return standIn
    }
    let inquiry = inquire(key, now)
    switch await inquiry.verdict(for: loop, within: standIn == nil ? nil : Self.patience) {
    case .known(let caller): return caller
    case .unknown: throw .unknownKey
    case .failed(let error):
      guard let standIn else { throw Problem(error) }
      return standIn
    case .late:
      guard let standIn else { throw .unknownKey }
      return standIn
    }
  }

  // MARK: Asking

  /// The inquiry about this key that is under way, or a new one.
  private func inquire(_ key: BearerKey.Presented, _ now: MonotonicInstant) -> Inquiry {
    if let running = inquiries[key.digest] { return running }
    let inquiry = Inquiry(asked: now)
    inquiries[key.digest] = inquiry
    loop.spawn { [self] in
      let verdict = await verdict(on: key, asked: now)
      inquiries[key.digest] = nil
      inquiry.end(verdict)
    }
    return inquiry
  }

  private func verdict(on key: BearerKey.Presented, asked: MonotonicInstant) async -> Inquiry.Verdict {
    do throws(PostgresError) {
      // Comparing digests takes as long wherever they differ.
      guard let row = try await ask(key.id), row.isValid, row.digest == key.digest else {
        cache.learnRefusal(key.digest, asked: asked)
        return .unknown
      }
      let caller = Caller(service: row.service, name: row.name, role: row.role)
      return .known(cache.learn(key.digest, caller, asked: asked))
    } catch {
      return .failed(error)
    }
  }
}

/// A question about one key and those who wait for its answer. Loop thread only.
private final class Inquiry: @unchecked Sendable {
  enum Verdict: Sendable {
    case known(Caller)
    case unknown
    case failed(PostgresError)
    /// The time of the one who waits is up; the question goes on.
    case late
  }

  let asked: MonotonicInstant
  private var waiting: [OneShot<Verdict>] = []
  /// There at once when the question failed before anything was sent.
  private var verdict: Verdict?

  init(asked: MonotonicInstant) {
    self.asked = asked
  }

  func verdict(for loop: EventLoop, within limit: Duration?) async -> Verdict {
    if let verdict { return verdict }
    let answer = OneShot<Verdict>()
    waiting.append(answer)
    guard let limit else { return await answer.value() }
    let deadline = loop.setDeadline(after: limit, for: Impatience(answer))
    let verdict = await answer.value()
    loop.cancelDeadline(deadline)
    return verdict
  }

  func end(_ verdict: Verdict) {
    self.verdict = verdict
    let told = waiting
    waiting = []
    for answer in told { answer.fulfil(verdict) }
  }

  private final class Impatience: DeadlineOwner {
    private let answer: OneShot<Verdict>

    init(_ answer: OneShot<Verdict>) {
      self.answer = answer
    }

    func deadlinePassed(_ id: DeadlineID) {
      answer.fulfil(.late)
    }
  }
}

extension Problem {
  fileprivate static var unknownKey: Problem {
    .unauthorized("This key is unknown, has expired or was revoked.", isInvalid: true)
  }

  fileprivate static var tooManyStrangers: Problem {
    Problem(
      .overloaded, "Too many keys that nobody knows are being tried.",
      fields: [.retrySoon])
  }
}
