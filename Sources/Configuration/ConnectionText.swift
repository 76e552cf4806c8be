// Connection strings, read just far enough to show them without their passwords. What is shown is on a list
// of the harmless; what is odd is hidden whole, because a password with an unescaped `@` or `/` would
// otherwise end up in a part that looks harmless.

struct ConnectionText {
  private let text: String

  init(_ text: String) {
    self.text = text
  }

  var redacted: String {
    if let schemeEnd = text.firstRange(of: "://") {
      let scheme = text[..<schemeEnd.lowerBound]
      guard scheme.allSatisfy({ $0.isASCII && $0.isLetter }) else { return hidden }
      return "\(scheme)://" + Self.redact(afterScheme: text[schemeEnd.upperBound...])
    }
    guard let parameters = ConnectionParameters(text) else { return hidden }
    return parameters.pairs.map { Self.redact(key: $0.key, value: $0.value) }.joined(separator: " ")
  }

  private static func redact(afterScheme rest: Substring) -> String {
    let authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest[authority.endIndex...]
    guard !tail.contains("@"), !tail.contains("#") else { return hidden }
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let hosts = parts.last, areHosts(hosts) else { return hidden }
    let user = parts.count == 2 ? redact(user: parts[0]) + "@" : ""
    return user + hosts + redact(pathAndQuery: tail)
  }

  /// A user without a password is hidden as well: some write `redis://password@host`.
  private static func redact(user: Substring) -> String {
    guard let colon = user.firstIndex(of: ":") else { return hidden }
    return user[..<colon] + ":" + hidden
  }

  /// `user:password` with the host forgotten must not pass for `host:port`.
  private static func areHosts(_ hosts: Substring) -> Bool {
    hosts.split(separator: ",").allSatisfy { host in
      let afterBracket = host.hasPrefix("[") ? host.drop { $0 != "]" }.dropFirst() : host
      let port = afterBracket.drop { $0 != ":" }.dropFirst()
      return port.allSatisfy { $0.isASCII && $0.isNumber }
    }
  }

  private static func redact(pathAndQuery tail: Substring) -> String {
    guard let mark = tail.firstIndex(of: "?") else { return String(tail) }
    let items = tail[mark...].dropFirst().split(separator: "&").map { item in
      guard let equals = item.firstIndex(of: "=") else { return hidden }
      return redact(key: String(item[..<equals]), value: String(item[equals...].dropFirst()))
    }
    return tail[..<mark] + "?" + items.joined(separator: "&")
  }

  private static func redact(key: String, value: String) -> String {
    guard harmless.contains(key) else { return "\(key)=\(hidden)" }
    return value.contains(" ") ? "\(key)='\(value)'" : "\(key)=\(value)"
  }

  private static let harmless: Set<String> = [
    "application_name", "connect_timeout", "db", "dbname", "host", "hostaddr", "port", "sslmode",
    "target_session_attrs", "user",
  ]
}

private let hidden = "***"
