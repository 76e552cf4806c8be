// What a worker knows about keys, by the digest of what was presented. A value without I/O: when a key must
// be asked for again, and how long an old answer may stand in for a silent Postgres, is decided and tested
// here.
import Cryptography
import EventLoop

/// Answers about keys, bounded in number and age.
struct KeyCache {
  struct Limits {
    /// How long an answer is good without another question: a key that was revoked is refused after this
    /// time.
    var trusted = Duration.seconds(2)
    /// From this age on the answer is asked for again beforehand, so that nobody waits for it.
    var refreshed = Duration.seconds(1)
    /// How long an answer may stand in for one that does not come.
    var kept = Duration.seconds(60)
    /// How long it is remembered that a text is no key.
    var refusals = Duration.seconds(1)
    var keyCount = 4096
    var refusalCount = 4096
  }

  /// What to do with a presented text.
  enum Finding {
    case caller(Caller)
    /// Good as it is, but somebody should ask again.
    case callerToRefresh(Caller)
    /// Too old to be good; may stand in if no answer comes.
    case mustAsk(standIn: Caller?)
    case refused
  }

  private struct Entry {
    var caller: Caller
    /// When the question was sent whose answer this is: from then on a revocation may be unknown.
    var asked: MonotonicInstant
  }

  private let limits: Limits
  private var entries: [Digest: Entry] = [:]
  /// Until when each is refused without a question.
  private var refusals: [Digest: MonotonicInstant] = [:]

  init(_ limits: Limits = Limits()) {
    self.limits = limits
  }

  var count: Int { entries.count }
  var refusalCount: Int { refusals.count }

  func find(_ digest: Digest, now: MonotonicInstant) -> Finding {
    if let entry = entries[digest] {
      if now < entry.asked + limits.refreshed { return .caller(entry.caller) }
      if now < entry.asked + limits.trusted { return .callerToRefresh(entry.caller) }
      return .mustAsk(standIn: now < entry.asked + limits.kept ? entry.caller : nil)
    }
    if let end = refusals[digest], now < end { return .refused }
    return .mustAsk(standIn: nil)
  }

  /// Postgres knows the key. A caller that is as before stays the same object.
  mutating func learn(_ digest: Digest, _ caller: Caller, asked: MonotonicInstant) -> Caller {
    refusals[digest] = nil
    if let known = entries[digest]?.caller, known.isSame(as: caller) {
      entries[digest]?.asked = asked
      return known
    }
    makeRoom(asked)
    entries[digest] = Entry(caller: caller, asked: asked)
    return caller
  }

  /// Postgres does not know the key, or not any more.
  mutating func learnRefusal(_ digest: Digest, asked: MonotonicInstant) {
    entries[digest] = nil
    // Whoever tries that many texts gains nothing by their being forgotten: asking is bounded by itself.
    if refusals.count >= limits.refusalCount { refusals.removeAll(keepingCapacity: true) }
    refusals[digest] = asked + limits.refusals
  }

  /// Keys nobody has used for a while go first; if all are in use, they are asked for again.
  private mutating func makeRoom(_ now: MonotonicInstant) {
    guard entries.count >= limits.keyCount else { return }
    entries = entries.filter { now < $0.value.asked + limits.trusted }
    if entries.count >= limits.keyCount { entries.removeAll(keepingCapacity: true) }
  }
}

extension Caller {
  fileprivate func isSame(as other: Caller) -> Bool {
    service == other.service && role == other.role && name == other.name
  }
}
