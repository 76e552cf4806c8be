// Whether the server throws away keys when its memory is full. What we write has no expiry, so only a policy
// that takes any key can take one of ours; a board without some of its members would be wrong, and nobody
// would notice.

/// The policy by which a server evicts keys that never expire.
struct RedisEviction: Equatable {
  let policy: String

  /// Nil if the lines of INFO tell of no bound, or of none that costs us a key.
  init?(info: [UInt8]) {
    guard let limit = Self.value(of: "maxmemory", in: info), limit != "0",
      let policy = Self.value(of: "maxmemory_policy", in: info), policy.hasPrefix("allkeys-")
    else { return nil }
    self.policy = policy
  }

  private static func value(of name: String, in info: [UInt8]) -> String? {
    let label = Array("\(name):".utf8)
    guard let line = info.split(separator: 0x0A).first(where: { $0.starts(with: label) }) else { return nil }
    let value = line.dropFirst(label.count)
    return String(decoding: value.last == 0x0D ? value.dropLast() : value, as: UTF8.self)
  }
}
