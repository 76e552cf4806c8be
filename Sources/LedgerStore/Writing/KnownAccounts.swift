// Accounts that are there: asking Postgres to create what is missing costs a fifth of a batch, and almost
// nothing is. Accounts with a transaction are never deleted, so what was once there is there.
import Ledger

/// A bounded memory of accounts. It may be wrong, by a collision or because the database was restored:
/// whoever relies on it looks whether the account is there.
///
/// A table of one word for an account, in the place that its hash says; who comes later takes the place. It
/// grows as it fills, so a small ledger costs little, up to 8 MiB: with a million accounts in use it knows
/// four of five.
struct KnownAccounts {
  private static let leastPlaces = 1 << 10
  private static let mostPlaces = 1 << 21
  /// The upper half of a hash; zero is nobody. The lower half tells the place.
  private var places = [UInt32](repeating: 0, count: leastPlaces)
  private var taken = 0

  func unknown(among keys: [AccountKey]) -> [AccountKey] {
    keys.filter { key in
      let (place, mark) = Self.placeAndMark(of: key, among: places.count)
      return places[place] != mark
    }
  }

  mutating func insert(_ accounts: some Sequence<Account>) {
    for account in accounts where account.version > 0 {
      let (place, mark) = Self.placeAndMark(of: account.key, among: places.count)
      if places[place] == 0 { taken += 1 }
      places[place] = mark
    }
    // Where the old ones would be now is not known any more; they are soon learnt again.
    if taken > places.count / 2, places.count < Self.mostPlaces {
      places = [UInt32](repeating: 0, count: min(places.count * 4, Self.mostPlaces))
      taken = 0
    }
  }

  private static func placeAndMark(of key: AccountKey, among count: Int) -> (place: Int, mark: UInt32) {
    let hash = UInt64(bitPattern: Int64(key.hashValue))
    return (Int(hash & UInt64(count - 1)), UInt32(truncatingIfNeeded: hash >> 32) | 1)
  }
}
