// Older files can be put back while Postgres is stopped. The cluster is the same then, so is its timeline,
// and the batch at which a mirror stands may be there; but Redis may hold accounts as they were later, in a
// ledger that is no more. So a mirror that was complete when Postgres was started anew is proven before it is
// read again: everything that it holds is looked up in the ledger. As a rule all is there, and the mirror
// goes on as it is, for less than building it would cost; if anything is not, it is built anew.
import BoardStore
import EventLoop
package import Ledger
import LedgerStore
import PostgresClient

/// What became of a mirror that had to be proven.
package enum ProofOutcome: Sendable, Equatable {
  /// The ledger has all that it holds.
  case proven
  case rebuilt
  /// Somebody else proves or rebuilds one just now.
  case busy
}

extension Rebuilder {
  /// Accounts compared at once; callers wait for Redis, and for this loop, while it is busy with them.
  private static let portion = 512
  /// The lease is prolonged in good time, but not for every portion: each time is a commit.
  private static let leaseInterval = Duration.seconds(1)

  /// Has the mirror of the type be read again as it is, or anew.
  package func prove(_ type: PointTypeID) async throws(FollowError) -> ProofOutcome {
    let outcome = try await leased { () throws(FollowError) -> ProofOutcome in
      if try await isTrue(type) { return .proven }
      try await build(type, nil)
      return .rebuilt
    }
    return outcome ?? .busy
  }

  /// Compares it, and puts it back into service if it is true.
  private func isTrue(_ type: PointTypeID) async throws(FollowError) -> Bool {
    try await expectSameRun()
    let connection = boards.connection
    try expectDone(await boards.beginProof(seeing: try await look(at: type)))
    // From here on lanes send to it again. What was committed before they could not.
    let begun = try await asking { () throws(PostgresError) in try await following.number() }
    let state = try await look(at: type)
    guard try await ledgerHas(state.live?.position ?? .start) else { return false }
    guard let keys = state.epochs.live else { throw Self.reconnected }
    var cursor: [UInt8]?
    var prolonged = loop.clock.now
    repeat {
      let last = cursor
      let page = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.states(from: last, count: Self.portion, in: keys)
      }
      guard try await ledgerHas(page, of: type) else { return false }
      cursor = page.next
      if loop.clock.now >= prolonged + Self.leaseInterval {
        try await keepLease()
        prolonged = loop.clock.now
      }
    } while cursor != nil
    // A cursor is good for one run of Redis, and what was compared for one run of Postgres.
    try await expectSameRun()
    try await mirroring { () throws(MirrorUnavailable) in try await boards.retireClosed(of: type) }
    // Who was answered from the ledger meanwhile would find older states in the mirror.
    let caughtUp = try await catchUp(.live, of: type, to: begun, on: connection) { $0.epochs.live == keys }
    guard boards.connection == connection else { throw Self.reconnected }
    try expectDone(await boards.endProof(seeing: caughtUp))
    return true
  }

  private func ledgerHas(_ position: LedgerPosition) async throws(FollowError) -> Bool {
    try await asking { () throws(PostgresError) in
      let head = try await following.number()
      guard position.number <= head.number else { return false }
      return try await following.strangers(among: [position]).isEmpty
    }
  }

  /// Redis was read before the ledger: so what is true is there by now, in that state or a newer one.
  private func ledgerHas(_ page: StatePage, of type: PointTypeID) async throws(FollowError) -> Bool {
    guard !page.users.isEmpty else { return true }
    let ledger = try await asking { () throws(PostgresError) in
      try await following.stamps(of: type, page.users)
    }
    return zip(page.stamps, ledger).allSatisfy { held, now in
      guard let held, let now else { return false }
      return held.mayBecome(now)
    }
  }

  /// Whoever has not noticed yet that Postgres was started anew must not touch what others have proven since.
  private func expectSameRun() async throws(FollowError) {
    let now = try await asking { () throws(PostgresError) in try await following.incarnation().ledger }
    guard now == boards.incarnation else { throw .interrupted("Postgres was started anew") }
  }
}
