// Accounts that are there: asking Postgres to create what is missing costs a fifth of a batch, and almost
// nothing is. Accounts with a transaction are never deleted, so what was once there is there.
import Ledger

/// A bounded memory of accounts, by their hashes. It may be wrong, by a collision or because the database was
/// restored: whoever relies on it looks whether the account is there.
struct KnownAccounts {
  private static let most = 1 << 18
  private var hashes: Set<Int> = []

  func unknown(among keys: [AccountKey]) -> [AccountKey] {
    keys.filter { !hashes.contains($0.hashValue) }
  }

  /// When it is full it begins anew, which costs a little time and nothing else.
  mutating func insert(_ accounts: some Sequence<Account>) {
    if hashes.count >= Self.most { hashes.removeAll(keepingCapacity: true) }
    for account in accounts where account.version > 0 { hashes.insert(account.key.hashValue) }
  }
}
