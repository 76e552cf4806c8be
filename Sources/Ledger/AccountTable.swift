// The accounts of a batch while it is decided, in the order in which they were locked, which is that of their
// keys: so one is found by halving, and nothing is hashed, which for a handful of short texts costs more.

/// Accounts by place and by key, each with what matters of its user.
package struct AccountTable: Sendable, Equatable {
  private var accounts: [Account]
  private let standings: [UserStanding]

  /// In the order of their keys, each once.
  package init(_ rows: [(account: Account, standing: UserStanding)]) {
    accounts = rows.map(\.account)
    standings = rows.map(\.standing)
    for place in accounts.indices.dropFirst() {
      precondition(
        accounts[place - 1].key < accounts[place].key, "Accounts are locked in the order of their keys.")
    }
  }

  package var indices: Range<Int> { accounts.indices }

  package subscript(place: Int) -> Account {
    get { accounts[place] }
    set { accounts[place] = newValue }
  }

  package subscript(key: AccountKey) -> Account? { place(of: key).map { accounts[$0] } }

  package func standing(at place: Int) -> UserStanding { standings[place] }

  package func place(of key: AccountKey) -> Int? {
    var (first, end) = (0, accounts.count)
    while first < end {
      let middle = (first + end) / 2
      if accounts[middle].key < key { first = middle + 1 } else { end = middle }
    }
    return first < accounts.count && accounts[first].key == key ? first : nil
  }
}
