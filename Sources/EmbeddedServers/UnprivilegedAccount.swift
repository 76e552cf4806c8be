// Root starts no servers as root: Postgres refuses, and nothing here needs it.

private import Glibc

/// The user and group the servers run as when we are root.
struct UnprivilegedAccount: Sendable, Equatable {
  let userID: UInt32
  let groupID: UInt32

  /// The account to change to; nil when we are an ordinary user and stay one. `nobody` stands in where
  /// Postgres came without its own user; `initdb` only insists that the user has a name.
  static func forServers() -> UnprivilegedAccount? {
    guard geteuid() == 0 else { return nil }
    return named("postgres") ?? named("nobody") ?? UnprivilegedAccount(userID: 65534, groupID: 65534)
  }

  private static func named(_ name: String) -> UnprivilegedAccount? {
    guard let entry = unsafe getpwnam(name) else { return nil }
    let (userID, groupID) = unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid)
    return userID == 0 ? nil : UnprivilegedAccount(userID: userID, groupID: groupID)
  }
}
