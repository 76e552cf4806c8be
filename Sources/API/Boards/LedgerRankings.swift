// Who reads a ranking from the ledger, and when. The whole process reads one at a time, and each point type,
// and each period of a defined board, once in a few seconds, however many callers and workers ask: a scan of
// all accounts must never become what keeps the ledger from working just when Redis is gone.
package import EventLoop
import Ledger
package import LedgerStore
package import PostgresClient
import Synchronization

/// The rankings of a process, shared by its workers.
package final class LedgerRankings: Sendable {
  package struct Options: Sendable {
    /// How old a ranking may be before another is read.
    package var interval = Duration.seconds(5)
    /// A type with more accounts is not ranked from the ledger.
    package var membersMax = 1_000_000
    /// How many may wait for a scan.
    package var waitersMax = 1024
    /// How many rankings are remembered.
    package var rankingsMax = 8
    /// Small enough that decoding a page keeps nobody on the loop waiting.
    package var pageSize = 2000

    package init() {}
  }

  private let options: Options
  private let state = Mutex(RankingSchedule())

  package init(_ options: Options = Options()) {
    self.options = options
  }

  /// What was read of it by this worker, or by another one that was asked before.
  package func ranking(
    of subject: RankingSubject, from ledger: LedgerFollowing, on loop: EventLoop
  ) async throws(RankingUnavailable) -> LedgerRanking {
    let action = state.withLock { $0.ask(subject, now: loop.clock.now, options) }
    switch action {
    case .answer(let result): return try result.get()
    case .join: return try await join(subject).get()
    case .scan:
      loop.spawn { [self] in
        let result = await scan(subject, ledger, loop)
        let waiters = state.withLock { $0.finish(subject, result, now: loop.clock.now, options) }
        for waiter in waiters { unsafe waiter.continuation.resume(returning: result) }
      }
      return try await join(subject).get()
    }
  }

  /// Gives back the memory of rankings that nobody asked for since; to be called now and then.
  package func discardUnused(now: MonotonicInstant) {
    state.withLock { $0.discard(olderThan: .seconds(60), now: now) }
  }

  private func join(_ subject: RankingSubject) async -> Result<LedgerRanking, RankingUnavailable> {
    await unsafe withUnsafeContinuation { continuation in
      let waiter = unsafe RankingWaiter(continuation: continuation)
      let answer = state.withLock { $0.join(subject, waiter, options) }
      if let answer { unsafe continuation.resume(returning: answer) }
    }
  }

  private func scan(
    _ subject: RankingSubject, _ ledger: LedgerFollowing, _ loop: EventLoop
  ) async -> Result<LedgerRanking, RankingUnavailable> {
    var draft = LedgerRankingDraft(subject, asOf: Instant(microseconds: WallClock.now.microseconds))
    var last: UserID?
    do throws(PostgresError) {
      while true {
        let page = try await ledger.accounts(
          of: subject.pointType, after: last, limit: options.pageSize)
        draft.add(page)
        guard draft.looked <= options.membersMax else { return .failure(.tooLarge(options.membersMax)) }
        guard page.count == options.pageSize, let user = page.last?.account.key.user else { break }
        last = user
      }
      // Places on a board go once its period is stored: if it is not stored by now, all were there.
      if let defined = subject.defined {
        guard try await ledger.hasPlaces(on: defined.board, period: defined.slot.period) else {
          return .failure(.stored)
        }
      }
    } catch {
      return .failure(.failed(error))
    }
    let complete = draft
    do throws(OffloadError) {
      return .success(try await loop.offload { complete.ranking() })
    } catch {
      return .failure(.busy)
    }
  }
}

/// Why there is no ranking from the ledger.
package enum RankingUnavailable: Error, Sendable, Equatable {
  /// Another board is being read, or too many wait.
  case busy
  /// The period was stored meanwhile, or its board removed or filled anew.
  case stored
  /// The type has more accounts than are ranked this way.
  case tooLarge(Int)
  case failed(PostgresError)
}

/// Somebody who waits for a scan; resumed on the loop it waits on.
@safe
struct RankingWaiter: Sendable {
  let continuation: UnsafeContinuation<Result<LedgerRanking, RankingUnavailable>, Never>
}
