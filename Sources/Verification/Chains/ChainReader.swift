// Reads chains by their index to say what is wrong with them: many short ones at once, and a long one in
// pages, so that no statement is long whatever an account has. What was read is never written again, so the
// pages need not be of one moment; the last of them and the account are.
package import Ledger
package import LedgerStore
import PostgresClient

package struct ChainReader: Sendable {
  /// So many accounts at once, with so many links together.
  private static let accountsMax = 64
  private static let linksMax = 32_768
  /// Of one chain. What is not answered in time is asked for in smaller pages down to this one.
  private static let pageMax = 16_384
  private static let pageMin = 64
  private static let reversalsMax = 1_000

  private let verifying: LedgerVerifying

  package init(_ verifying: LedgerVerifying) {
    self.verifying = verifying
  }

  /// A chain that is to be read on from an end up to which it is whole.
  package struct Open: Sendable {
    package let key: AccountKey
    package let walk: ChainWalk

    package init(_ key: AccountKey, from end: CheckedChain.End = ChainWalk.beginning) {
      self.key = key
      walk = ChainWalk(from: end)
    }
  }

  /// What became of reading some chains.
  package struct Outcome: Sendable {
    package var checked: [CheckedChain] = []
    /// Why not all of them were read; nil if they were.
    package var failure: VerificationError?

    fileprivate mutating func add(_ other: Outcome) {
      checked += other.checked
      failure = failure ?? other.failure
    }
  }

  /// Reads all of them to their ends. One that is not answered in time is passed by; for any other reason not
  /// to answer, reading ends.
  package func read(_ chains: [Open]) async throws(VerificationError) -> Outcome {
    var outcome = Outcome()
    for first in stride(from: 0, to: chains.count, by: Self.accountsMax) {
      let some = chains[first..<min(chains.count, first + Self.accountsMax)]
      outcome.add(try await readTogether(some))
    }
    return outcome
  }

  private func readTogether(_ chains: ArraySlice<Open>) async throws(VerificationError) -> Outcome {
    guard chains.count > 1 else { return try await readAlone(chains) }
    let limit = Self.linksMax / chains.count
    var outcome = Outcome()
    do throws(VerificationError) {
      let read = try await asking { () throws(PostgresError) in
        try await verifying.chains(
          at: chains.map { ChainPlace($0.key, after: $0.walk.end.version) }, limit: limit)
      }
      for (open, chain) in zip(chains, read) {
        var walk = open.walk
        for link in chain.links { walk.take(link) }
        if chain.links.count < limit {
          outcome.checked.append(try await finish(walk, open.key, chain))
        } else {
          outcome.add(try await readOn(walk, open.key))
        }
      }
    } catch {
      guard error.isTimeout else { throw error }
      // Those that were read are read again: it is rare.
      let middle = chains.startIndex + chains.count / 2
      outcome = try await readTogether(chains[..<middle])
      outcome.add(try await readTogether(chains[middle...]))
    }
    return outcome
  }

  private func readAlone(_ chains: ArraySlice<Open>) async throws(VerificationError) -> Outcome {
    guard let open = chains.first else { return Outcome() }
    return try await readOn(open.walk, open.key)
  }

  private func readOn(_ begun: ChainWalk, _ key: AccountKey) async throws(VerificationError) -> Outcome {
    var walk = begun
    var limit = Self.pageMax
    var outcome = Outcome()
    while true {
      do throws(VerificationError) {
        guard let chain = try await readPage(&walk, key, limit: limit) else { continue }
        outcome.checked.append(chain)
        return outcome
      } catch {
        guard error.isTimeout else { throw error }
        guard limit > Self.pageMin else {
          // One account is too much by itself. The others are looked at all the same.
          outcome.failure = error
          return outcome
        }
        limit /= 16
      }
    }
  }

  /// Walks one page on; the chain once it has come to the end.
  package func readPage(
    _ walk: inout ChainWalk, _ key: AccountKey, limit: Int
  ) async throws(VerificationError) -> CheckedChain? {
    let place = ChainPlace(key, after: walk.end.version)
    let read = try await asking { () throws(PostgresError) in
      try await verifying.chains(at: [place], limit: limit)
    }
    guard let chain = read.first else { return nil }
    var next = walk
    for link in chain.links { next.take(link) }
    try await judgeReversals(of: &next)
    walk = next
    return chain.links.count < limit ? try await finish(walk, key, chain) : nil
  }

  private func finish(
    _ walk: ChainWalk, _ key: AccountKey, _ chain: ReadChain
  ) async throws(VerificationError) -> CheckedChain {
    var walk = walk
    try await judgeReversals(of: &walk)
    return CheckedChain(
      key: key, links: walk.links, end: walk.links == 0 ? nil : walk.end, broken: walk.broken,
      account: chain.account, userCopy: chain.userCopy, user: chain.user)
  }

  private func judgeReversals(of walk: inout ChainWalk) async throws(VerificationError) {
    guard !walk.reversals.isEmpty else { return }
    walk.judged(try await wrongReversals(among: Array(walk.reversals.keys)))
  }

  package func wrongReversals(
    among ids: [TransactionID]
  ) async throws(VerificationError) -> [(id: TransactionID, rule: CheckedChain.Rule)] {
    var wrong: [(id: TransactionID, rule: CheckedChain.Rule)] = []
    for first in stride(from: 0, to: ids.count, by: Self.reversalsMax) {
      let some = Array(ids[first..<min(ids.count, first + Self.reversalsMax)])
      wrong += try await asking { () throws(PostgresError) in
        try await verifying.wrongReversals(among: some)
      }
    }
    return wrong
  }
}
