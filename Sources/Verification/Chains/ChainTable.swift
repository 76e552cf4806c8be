// How far the chain of each account has been followed while its links are met in the order in which they lie.
// A link that follows moves its account's end on, whichever accounts were written between. What does not
// follow leaves the end where it is: then account and end do not agree, and whoever asks reads the rest by
// its index and says what is wrong, or that nothing is. So nothing here can take what is broken for whole,
// and a link that is met too early or too late only costs time. About 80 bytes an account.
package import LedgerStore

package struct ChainTable: Sendable {
  private struct Followed: Sendable {
    var end: CheckedChain.End
    /// Its account was met.
    var isMet = false
    /// It is not enough to go on from its end.
    var isDoubtful = false
  }

  /// What is known of the chain of an account that was met.
  package enum Standing: Sendable, Equatable {
    /// The account is the last link of a whole chain.
    case whole
    /// It is not, as far as can be told; the chain is whole up to this end.
    case open(from: CheckedChain.End)
    /// It was met before.
    case again
  }

  private static let earlyMax = 100_000

  private var places: [Int64: UInt32] = [:]
  private var chains: [Followed] = []
  /// Links that were met before those that they follow. They are tried again after each stretch.
  private var early: [MetLink] = []
  /// How many links were met.
  package private(set) var links: Int64 = 0

  /// Room for so many accounts.
  package init(reserving accounts: Int) {
    places.reserveCapacity(accounts)
    chains.reserveCapacity(accounts)
  }

  /// The links of a stretch, in any order.
  package mutating func take(_ met: [MetLink]) {
    links += Int64(met.count)
    for link in met where !follow(link) { early.append(link) }
    guard !early.isEmpty else { return }
    early.sort { ($0.hash, $0.link.version) < ($1.hash, $1.link.version) }
    var left: [MetLink] = []
    for link in early where !follow(link) { left.append(link) }
    // What still does not follow may never: without it, its chain is read by its index.
    early = left.count <= Self.earlyMax ? left : []
  }

  /// Whether no more needs to be known of the link.
  private mutating func follow(_ met: MetLink) -> Bool {
    guard let place = places[met.hash] else {
      let follows = ChainWalk.follows(met.link, ChainWalk.beginning)
      add(met.hash, follows ? ChainWalk.end(of: met.link, after: ChainWalk.beginning) : ChainWalk.beginning)
      return follows
    }
    let end = chains[Int(place)].end
    if ChainWalk.follows(met.link, end) {
      chains[Int(place)].end = ChainWalk.end(of: met.link, after: end)
      return true
    }
    // A version that was there already, or the next that does not fit.
    if met.link.version <= end.version { chains[Int(place)].isDoubtful = true }
    return met.link.version <= end.version &+ 1
  }

  private mutating func add(_ hash: Int64, _ end: CheckedChain.End, isMet: Bool = false) {
    places[hash] = UInt32(clamping: chains.count)
    chains.append(Followed(end: end, isMet: isMet))
  }

  /// Something that was looked up shows that the chain is broken somewhere.
  package mutating func doubt(_ hash: Int64) {
    guard let place = places[hash] else { return }
    chains[Int(place)].isDoubtful = true
  }

  package mutating func meet(_ account: MetAccount) -> Standing {
    guard let place = places[account.hash].map({ Int($0) }) else {
      add(account.hash, ChainWalk.beginning, isMet: true)
      return .open(from: ChainWalk.beginning)
    }
    let chain = chains[place]
    chains[place].isMet = true
    if account.end == chain.end, !account.isOdd, !chain.isDoubtful { return chain.isMet ? .again : .whole }
    // One that is met again and differs may be another one with the same hash.
    return .open(from: chain.isDoubtful || chain.isMet ? ChainWalk.beginning : chain.end)
  }

  /// Of how many chains no account was met.
  package var unmet: Int { chains.reduce(0) { $0 + ($1.isMet ? 0 : 1) } }

  /// Whether no account was met of this chain, and nobody has asked before.
  package mutating func isUnmet(_ hash: Int64) -> Bool {
    guard let place = places[hash].map({ Int($0) }), !chains[place].isMet else { return false }
    chains[place].isMet = true
    return true
  }
}
