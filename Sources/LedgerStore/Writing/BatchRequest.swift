// What a batch needs to read before it can be decided: worked out once, in the orders in which locks are
// taken.
import Ledger

struct BatchRequest {
  let postings: [Posting]
  /// Sorted, each once: the one order in which everybody locks accounts.
  let accounts: [AccountKey]
  let users: [UserID]
  let digests: [UUIDBits]
  let reversed: [TransactionID]
  let pointTypes: Set<PointTypeID>

  init(_ postings: [Posting]) {
    self.postings = postings
    var keys: [AccountKey] = []
    keys.reserveCapacity(postings.count)
    var originals = Set<TransactionID>()
    for posting in postings {
      for leg in posting.legs {
        keys.append(leg.account)
        if case .reversal(let reversal) = leg.change { originals.insert(reversal.original.id) }
      }
    }
    accounts = Self.sortedOnce(keys)
    pointTypes = Self.pointTypes(of: accounts)
    users = Self.users(of: accounts)
    digests = postings.compactMap { $0.request?.digest }
    reversed = originals.sorted()
  }

  /// One look for each place of an account, on a board of best credits, of which a credit is taken back.
  func bestCreditsWanted(on boards: BoardCatalog) -> [ReadBestCredits] {
    guard !reversed.isEmpty else { return [] }
    var wanted: [AccountKey: [SlotKey: ReadBestCredits]] = [:]
    for posting in postings {
      for leg in posting.legs {
        guard case .reversal(let reversal) = leg.change else { continue }
        for board in boards.scored[leg.account.pointType] ?? [] {
          guard let period = board.period(ofBest: reversal.original.source) else { continue }
          var want = ReadBestCredits(account: leg.account, board: board, period: period, limit: 1)
          want.limit += wanted[leg.account]?[want.slot]?.limit ?? 1
          wanted[leg.account, default: [:]][want.slot] = want
        }
      }
    }
    return wanted.values.flatMap(\.values)
  }

  private static func sortedOnce(_ keys: [AccountKey]) -> [AccountKey] {
    var accounts: [AccountKey] = []
    accounts.reserveCapacity(keys.count)
    for key in keys.sorted() where accounts.last != key { accounts.append(key) }
    return accounts
  }

  /// Nearly always one, which the keys then have one after the other.
  private static func pointTypes(of keys: [AccountKey]) -> Set<PointTypeID> {
    var types = Set<PointTypeID>()
    var last: PointTypeID?
    for key in keys where key.pointType != last {
      last = key.pointType
      types.insert(key.pointType)
    }
    return types
  }

  /// Each once, in the order of the keys, which are sorted.
  static func users(of keys: [AccountKey]) -> [UserID] {
    var users: [UserID] = []
    for key in keys where users.last != key.user { users.append(key.user) }
    return users
  }
}
