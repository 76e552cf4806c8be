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

  init(_ postings: [Posting]) {
    self.postings = postings
    var keys = Set<AccountKey>()
    var originals = Set<TransactionID>()
    for posting in postings {
      for leg in posting.legs {
        keys.insert(leg.account)
        if case .reversal(let reversal) = leg.change { originals.insert(reversal.original.id) }
      }
    }
    accounts = keys.sorted()
    users = Self.users(of: accounts)
    digests = postings.compactMap { $0.request?.digest }
    reversed = originals.sorted()
  }

  /// Each once, in the order of the keys, which are sorted.
  static func users(of keys: [AccountKey]) -> [UserID] {
    var users: [UserID] = []
    for key in keys where users.last != key.user { users.append(key.user) }
    return users
  }
}
