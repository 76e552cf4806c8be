// Where balances come from. Redis is asked first, and says how far it is by the version of what it has; the
// ledger is asked when Redis cannot be relied on, or is not yet where the caller has to be.
package import BoardStore
import HTTPServer
import Ledger
package import LedgerStore
import PostgresClient

/// Who answered.
package enum AnswerSource: Sendable {
  case redis
  case ledger

  var name: StaticString {
    switch self {
    case .redis: "redis"
    case .ledger: "ledger"
    }
  }
}

/// What a user has of a type; nil for whoever never had any.
struct Balance: Sendable {
  let key: AccountKey
  let account: Account?
  let source: AnswerSource

  var version: Int64 { account?.version ?? 0 }
}

/// One worker's balances; used on its loop only.
package struct BalanceDesk: Sendable {
  let lookup: PointTypeLookup
  let reader: LedgerReader
  private let boards: BoardStore

  package init(_ lookup: PointTypeLookup, reader: LedgerReader, boards: BoardStore) {
    self.lookup = lookup
    self.reader = reader
    self.boards = boards
  }

  /// At least of this version, if the ledger is that far.
  func balance(_ key: AccountKey, atLeast minVersion: Int64) async throws(Problem) -> Balance {
    if case .value(let account, _) = await boards.balance(key), account?.version ?? 0 >= minVersion {
      return Balance(key: key, account: account, source: .redis)
    }
    return try await ledgerBalance(key)
  }

  func ledgerBalance(_ key: AccountKey) async throws(Problem) -> Balance {
    let found = try await Problem.explaining { () async throws(PostgresError) in try await reader.account(key)
    }
    return Balance(key: key, account: found?.account, source: .ledger)
  }

  /// In the order of the keys: each type's from Redis if it can, the rest in one question to the ledger.
  func balances(_ keys: [AccountKey]) async throws(Problem) -> [Balance] {
    var balances: [AccountKey: Balance] = [:]
    for (type, users) in Dictionary(grouping: Set(keys), by: \.pointType).mapValues({ $0.map(\.user) }) {
      guard case .value(let accounts, _) = await boards.balances(of: type, users) else { continue }
      for (user, named) in zip(users, accounts) {
        let key = AccountKey(user: user, pointType: type)
        balances[key] = Balance(key: key, account: named?.account, source: .redis)
      }
    }
    let missing = keys.filter { balances[$0] == nil }
    let read = try await Problem.explaining { () async throws(PostgresError) in
      try await reader.accounts(missing)
    }
    for (key, named) in zip(missing, read) {
      balances[key] = Balance(key: key, account: named?.account, source: .ledger)
    }
    return keys.map { balances[$0] ?? Balance(key: $0, account: nil, source: .ledger) }
  }

  /// Of every type that the user has, or once had, points of. Always the ledger's: there it is one question.
  func balances(of user: UserID) async throws(Problem) -> [Balance] {
    let found = try await Problem.explaining { () async throws(PostgresError) in
      try await reader.accounts(of: user)
    }
    try await lookup.learnNames(of: found.map(\.account.key.pointType))
    return found.map { Balance(key: $0.account.key, account: $0.account, source: .ledger) }
  }
}
