// Redirections of Redis Cluster are surfaced and not followed yet. Routing
// would attach where a command is admitted: one connection a node, chosen by
// the slot of the command's routing key, the table of slots corrected by MOVED.

/// Where a node of a cluster says that a key lives.
package struct RedisRedirection: Sendable, Equatable {
  package let slot: Int
  package let host: String
  package let port: UInt16
  /// ASK: for this one command only, while the slot is on the move.
  package let isOnce: Bool
}

extension RedisServerError {
  /// The target of MOVED and ASK: `MOVED 3999 127.0.0.1:6381`.
  /// The address may be an IPv6 one without brackets.
  package var redirection: RedisRedirection? {
    guard code == .moved || code == .ask else { return nil }
    let words = text.split(separator: " ")
    guard words.count == 3, let slot = Int(words[1]), 0..<16384 ~= slot,
      let colon = words[2].lastIndex(of: ":"), let port = UInt16(words[2][words[2].index(after: colon)...])
    else { return nil }
    return RedisRedirection(
      slot: slot, host: String(words[2][..<colon]), port: port, isOnce: code == .ask)
  }
}
