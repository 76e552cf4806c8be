// What was promised to callers and what they read, to be judged: an answer has what was promised before it
// was asked for, and is a version that was in the ledger.
//
// A ledger that is restored is another ledger from then on, and what the lost one promised is void but for
// what the backup had. For a moment after it Redis is ahead of the ledger and nobody knows yet; what is read
// then may be of either. That moment ends when Redis holds no mirror of the lost ledger any more.
import Ledger
import Synchronization

final class Witness: Sendable {
  fileprivate struct State {
    var versions: [UserID: Int64] = [:]
    /// Which of the ledgers is the one of now, counting restores; and the oldest that may still be mirrored.
    var ledger = 0
    var oldest = 0
    var isRestoring = false
    /// Counts how often Redis was given a foreign mirror and cleared of it: while odd, nothing may be read.
    var foreignTurns = 0
    var broken: [String] = []
    var seen: Set<Reading> = []
    var readings = 0
    var readingsAfterRestore = 0
  }

  /// When something was asked for.
  struct Moment {
    fileprivate let oldest: Int
    fileprivate let ledger: Int?
    fileprivate let foreignTurns: Int
    fileprivate let promised: Int64
  }

  /// An account that was read, and from which ledgers it may be.
  struct Reading: Hashable {
    fileprivate let ledgers: ClosedRange<Int>
    fileprivate let version: RecordedVersion
  }

  private let state = Mutex(State())

  func moment(_ user: UserID? = nil) -> Moment {
    state.withLock { state in
      Moment(
        oldest: state.oldest, ledger: state.isRestoring ? nil : state.ledger,
        foreignTurns: state.foreignTurns, promised: user.flatMap { state.versions[$0] } ?? 0)
    }
  }

  /// A posting of the ledger of that moment was told to be on the boards. If it has been restored since,
  /// that promise is void.
  func promise(_ user: UserID, _ version: Int64, since moment: Moment) {
    state.withLock { state in
      if state.isForeign(since: moment) { state.broken.append("\(user) was sent to a foreign mirror") }
      guard !state.isRestoring, moment.ledger == state.ledger else { return }
      state.versions[user] = max(state.versions[user] ?? 0, version)
    }
  }

  /// The answer to a question of that moment about one account; nil if there is none.
  func see(_ account: Account?, of user: UserID, since moment: Moment) {
    state.withLock { state in
      // What was promised by a ledger that has been restored since is void.
      let isSame = !state.isRestoring && moment.ledger == state.ledger
      let version = account?.version ?? 0
      if isSame, version < moment.promised {
        state.broken.append("\(user): \(version) where \(moment.promised) was promised")
      }
      if let account { state.see([account], since: moment) }
    }
  }

  /// The answer to a question of that moment about a board.
  func see(_ accounts: [Account], members: Int64, atLeast least: Int64, since moment: Moment) {
    state.withLock { state in
      if members < least { state.broken.append("a board of \(members), where \(least) are the least") }
      state.see(accounts, since: moment)
    }
  }

  // MARK: What happens to the stores

  func restoreBegins() { state.withLock { $0.isRestoring = true } }

  func restoreEnds(with versions: [UserID: Int64]) {
    state.withLock { state in
      state.ledger += 1
      state.isRestoring = false
      for (user, version) in state.versions { state.versions[user] = min(version, versions[user] ?? 0) }
    }
  }

  /// No mirror of a lost ledger is left.
  func restoreIsOver() { state.withLock { $0.oldest = $0.ledger } }

  func foreignMirrorCame() { state.withLock { $0.foreignTurns += 1 } }
  func foreignMirrorGoes() { state.withLock { $0.foreignTurns += 1 } }

  // MARK: The verdict

  var ledger: Int { state.withLock { $0.ledger } }
  var isUnsettled: Bool { state.withLock { $0.oldest < $0.ledger } }
  var readings: Int { state.withLock { $0.readings } }
  var readingsAfterRestore: Int { state.withLock { $0.readingsAfterRestore } }

  /// What must not have been, given all that the ledgers said.
  func faults(by histories: Set<RecordedVersion>) -> [String] {
    let (broken, seen) = state.withLock { ($0.broken, $0.seen) }
    let invented = seen.filter { reading in
      !reading.ledgers.contains { ledger in
        var version = reading.version
        version.ledger = Int64(ledger)
        return histories.contains(version)
      }
    }
    return broken + invented.map { "\($0.version) is in none of the ledgers \($0.ledgers)" }
  }
}

extension Witness.State {
  fileprivate func isForeign(since moment: Witness.Moment) -> Bool {
    foreignTurns % 2 == 1 && foreignTurns == moment.foreignTurns
  }

  fileprivate mutating func see(_ accounts: [Account], since moment: Witness.Moment) {
    readings += 1
    if isForeign(since: moment) { broken.append("a foreign mirror was read") }
    if moment.oldest > 0 { readingsAfterRestore += 1 }
    let ledgers = moment.oldest...(isRestoring ? ledger + 1 : ledger)
    for account in accounts {
      let version = RecordedVersion(
        ledger: 0, user: account.key.user, version: account.version, balance: account.balance,
        totalEarned: account.totalEarned, totalSpent: account.totalSpent)
      seen.insert(Witness.Reading(ledgers: ledgers, version: version))
    }
  }
}
