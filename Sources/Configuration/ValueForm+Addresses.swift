// The forms of values that name a place: where the server listens and where the stores are. The URLs of
// stores are checked only for their scheme; the clients read the rest, since they must understand it anyway.

extension ValueForm where Value == ListenAddress {
  static var listenAddress: ValueForm {
    ValueForm(
      placeholder: "<address:port>",
      allowed: "a numeric address and a port, such as 127.0.0.1:8080 or [::1]:8080, or localhost and a port",
      parse: { text throws(ValueRefusal) in
        guard let address = ListenAddress(text: text) else { throw .notAllowed }
        return address
      },
      show: { $0.description })
  }
}

extension ValueForm where Value == Secret {
  static var postgresURL: ValueForm {
    ValueForm(
      placeholder: "<url>",
      allowed: "postgres://user:password@host:port/database, or key=value pairs as libpq reads them",
      parse: { text throws(ValueRefusal) in
        try refuseControlCharacters(text)
        guard hasContent(text, behind: ["postgres://", "postgresql://"]) || ConnectionParameters(text) != nil
        else { throw .notAllowed }
        return Secret(text)
      },
      // Where the setting is left out there is nothing to hide.
      show: { $0.revealed.isEmpty ? "" : $0.redacted })
  }

  static var redisURL: ValueForm {
    ValueForm(
      placeholder: "<url>",
      allowed: "redis://user:password@host:port/database or unix:///path?db=number&password=password",
      parse: { text throws(ValueRefusal) in
        try refuseControlCharacters(text)
        if text.hasPrefix("rediss://") { throw .encryptionNotSupported }
        guard hasContent(text, behind: ["redis://"]) || hasContent(text, behind: ["unix:///"]) else {
          throw .notAllowed
        }
        return Secret(text)
      },
      show: { $0.redacted })
  }

  private static func hasContent(_ text: String, behind prefixes: [String]) -> Bool {
    prefixes.contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
  }

  private static func refuseControlCharacters(_ text: String) throws(ValueRefusal) {
    if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { throw .controlCharacter }
  }
}
