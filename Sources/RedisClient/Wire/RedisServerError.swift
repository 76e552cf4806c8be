// An error that a Redis server answered with. Its first word is the code; the taxonomy below decides whether
// asking again later can help.
//
//   LOADING BUSY MASTERDOWN READONLY OOM ...  the server cannot serve this now: it counts as unavailable
//   MOVED ASK                                 another node of a cluster has the key: see `redirection`
//   WRONGTYPE ERR NOPERM NOSCRIPT ...         the command itself is wrong and would fail again: it has failed

/// The text of an error reply, with its code told apart.
package struct RedisServerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The first word of an error reply.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) {
      self.rawValue = rawValue
    }

    package static let ask = Code(rawValue: "ASK")
    package static let busy = Code(rawValue: "BUSY")
    package static let clusterDown = Code(rawValue: "CLUSTERDOWN")
    package static let crossSlot = Code(rawValue: "CROSSSLOT")
    package static let generic = Code(rawValue: "ERR")
    package static let loading = Code(rawValue: "LOADING")
    package static let masterDown = Code(rawValue: "MASTERDOWN")
    package static let misconfigured = Code(rawValue: "MISCONF")
    package static let moved = Code(rawValue: "MOVED")
    package static let noAuthentication = Code(rawValue: "NOAUTH")
    package static let noPermission = Code(rawValue: "NOPERM")
    package static let noReplicas = Code(rawValue: "NOREPLICAS")
    package static let noScript = Code(rawValue: "NOSCRIPT")
    package static let outOfMemory = Code(rawValue: "OOM")
    package static let readOnly = Code(rawValue: "READONLY")
    package static let tryAgain = Code(rawValue: "TRYAGAIN")
    package static let unkillable = Code(rawValue: "UNKILLABLE")
    package static let wrongPassword = Code(rawValue: "WRONGPASS")
    package static let wrongType = Code(rawValue: "WRONGTYPE")
  }

  /// The whole reply, code included.
  package let text: String

  package init(text: String) {
    self.text = text
  }

  package var code: Code {
    Code(rawValue: String(text.prefix { $0 != " " }))
  }

  /// Whether the server is at fault and not the command: another time the same command may succeed.
  package var meansUnavailable: Bool { Self.unavailableCodes.contains(code) }

  private static let unavailableCodes: Set<Code> = [
    .busy, .clusterDown, .loading, .masterDown, .misconfigured, .noAuthentication, .noReplicas, .outOfMemory,
    .readOnly, .tryAgain, .unkillable,
  ]

  package var description: String { text }
}
