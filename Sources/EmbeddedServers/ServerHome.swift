// Where the servers' files are.
//
// An ordinary user's data are in the directory he named. Root's cannot be: the servers run as another user,
// who may not enter root's home. So root's data are in a directory under /var/lib/points-dev, and the named
// directory holds a link to it, which alone decides: remove the link, and the next start begins anew.

private import Glibc

struct ServerHome: Sendable {
  /// The directory of all files of both servers, without links, private to the account that runs them.
  let directory: String
  /// Where the sockets are: a path short enough for a socket
  /// address, of letters that need no quoting anywhere.
  let socketDirectory: String
  let account: UnprivilegedAccount?
  let isTemporary: Bool

  static let rootDataDirectory = "/var/lib/points-dev"
  static let linkName = "servers"

  init(place: EmbeddedOptions.Place) throws(EmbeddedServersError) {
    account = UnprivilegedAccount.forServers()
    switch place {
    case .temporary:
      directory = try Disk.makeUniqueDirectory(prefix: "/tmp/points-")
      isTemporary = true
    case .kept(let named):
      try Disk.makePrivateDirectory(named)
      directory = try account == nil ? Disk.realPath(named) : Self.rootDirectory(linkedFrom: named)
      isTemporary = false
    }
    socketDirectory = Self.socketDirectory(for: directory)
    try Disk.give(directory, to: account)
  }

  var postgresData: String { "\(directory)/postgres" }
  var postgresPassword: String { "\(directory)/postgres.password" }
  var redisData: String { "\(directory)/redis" }
  func log(of program: String) -> String { "\(directory)/\(program).log" }

  /// Makes the directories that must be there before a server starts. To be called with the directory locked.
  func prepare() throws(EmbeddedServersError) {
    for path in [redisData, socketDirectory] {
      try Disk.makePrivateDirectory(path)
      try Disk.give(path, to: account)
      // The socket directory may be in /tmp, where anybody can be there first.
      guard Disk.isPrivateDirectory(path, ofUser: account?.userID ?? geteuid()) else {
        throw .fileSystem(action: "use, because others may enter it,", path: path, errno: EPERM)
      }
    }
  }

  /// Removes what must not outlive the servers.
  func cleanUp() throws(EmbeddedServersError) {
    if isTemporary { return try Tool.removeTree(directory) }
    if !socketDirectory.hasPrefix(directory) { _ = unsafe rmdir(socketDirectory) }
  }

  private static func rootDirectory(linkedFrom named: String) throws(EmbeddedServersError) -> String {
    try Disk.makeDirectory(rootDataDirectory, mode: 0o711)
    // The mask of the caller must not keep the servers' account out.
    _ = unsafe chmod(rootDataDirectory, 0o711)
    let link = "\(named)/\(linkName)"
    if let target = Disk.target(ofLink: link) { return try existingRootDirectory(target, link: link) }
    let directory = try Disk.makeUniqueDirectory(prefix: "\(rootDataDirectory)/")
    try Disk.link(link, to: directory)
    return directory
  }

  /// A link may come from another hand (root working in a user's clone): it is followed to a directory that
  /// we could have made, and nowhere else, since the directory is going to change its owner.
  private static func existingRootDirectory(
    _ target: String, link: String
  ) throws(EmbeddedServersError) -> String {
    let name = target.dropFirst(rootDataDirectory.utf8.count + 1)
    guard target.hasPrefix("\(rootDataDirectory)/"), !name.isEmpty,
      name.allSatisfy({ $0.isLetter || $0.isNumber })
    else {
      throw .fileSystem(action: "follow, because it leads elsewhere, the link", path: link, errno: EPERM)
    }
    try Disk.makePrivateDirectory(target)
    return target
  }

  /// Socket addresses hold 107 bytes, and some readers of
  /// socket paths give commas, blanks or percents a meaning.
  private static func socketDirectory(for directory: String) -> String {
    let inside = "\(directory)/sockets"
    let longest = "\(inside)/.s.PGSQL.65535"
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")
    if longest.utf8.count <= 107 && inside.allSatisfy(plain.contains) { return inside }
    return "/tmp/points-\(geteuid())-\(String(digest(of: directory), radix: 16))"
  }

  /// FNV-1a: the same path gets the same name in every run.
  private static func digest(of path: String) -> UInt64 {
    path.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
