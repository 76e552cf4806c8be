// The owner of keys, as an administrator's statements find it.
import Ledger

/// A service as it is stored.
struct StoredService: Sendable {
  let id: ServiceID
  let name: String
  let role: Role
}
