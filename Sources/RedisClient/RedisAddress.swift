// Where Redis is and how to enter, from one URL:
//
//   redis://[user][:password]@host[:port][/db]
//   unix:///path?db=0&user=..&password=..     (also unix://[user]:password@/path)
//
// Every part is percent-decoded, so a password may contain anything.

/// A Redis server, the credentials and the database on it.
package struct RedisAddress: Sendable, Equatable {
  package enum Endpoint: Sendable, Equatable {
    case tcp(host: String, port: UInt16)
    case unix(path: String)
  }

  package private(set) var endpoint: Endpoint
  package private(set) var user: String?
  private(set) var password: String?
  package private(set) var database: Int64 = 0

  package static let defaultPort: UInt16 = 6379

  package init(_ url: String) throws(RedisError) {
    guard let separator = url.firstRange(of: "://") else {
      throw .invalidAddress("a Redis address begins with redis:// or unix://")
    }
    let rest = url[separator.upperBound...]
    switch url[..<separator.lowerBound].lowercased() {
    case "redis": try self.init(tcp: rest)
    case "unix", "redis+unix": try self.init(unix: rest)
    case "rediss":
      throw .invalidAddress(
        "rediss:// needs TLS, which this client does not speak; use redis:// or put a TLS tunnel before Redis"
      )
    default: throw .invalidAddress("a Redis address begins with redis:// or unix://")
    }
  }

  private init(tcp text: Substring) throws(RedisError) {
    let (address, query) = Self.split(text, at: "?")
    let (authority, path) = Self.split(address, at: "/")
    // The last @ ends the credentials: passwords are often written without their %40.
    let at = authority.lastIndex(of: "@")
    endpoint = try Self.endpoint(at.map { authority[authority.index(after: $0)...] } ?? authority)
    if let at { try readCredentials(authority[..<at]) }
    if let path, !path.isEmpty { try readDatabase(path) }
    try readQuery(query)
  }

  private init(unix text: Substring) throws(RedisError) {
    let (address, query) = Self.split(text, at: "?")
    let (authority, path) = Self.split(address, at: "/")
    guard let path, !path.isEmpty, authority.isEmpty || authority.hasSuffix("@") else {
      throw .invalidAddress("a unix:// address needs an absolute path: unix:///run/redis/redis.sock")
    }
    endpoint = .unix(path: "/" + (try Self.decoded(path)))
    if !authority.isEmpty { try readCredentials(authority.dropLast()) }
    try readQuery(query)
  }

  // MARK: Parts

  private static func split(
    _ text: Substring, at separator: Character
  ) -> (before: Substring, after: Substring?) {
    guard let index = text.firstIndex(of: separator) else { return (text, nil) }
    return (text[..<index], text[text.index(after: index)...])
  }

  private static func endpoint(_ text: Substring) throws(RedisError) -> Endpoint {
    var host = text
    var port: Substring?
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<close]
      let rest = text[text.index(after: close)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw .invalidAddress("after [host] comes :port") }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else {
      (host, port) = split(text, at: ":")
    }
    guard !host.isEmpty else { throw .invalidAddress("the Redis address names no host") }
    return .tcp(host: try decoded(host), port: try port.map(Self.port) ?? defaultPort)
  }

  private static func port(_ text: Substring) throws(RedisError) -> UInt16 {
    guard let port = UInt16(text), port > 0 else {
      throw .invalidAddress("the port of the Redis address must be a number from 1 to 65535")
    }
    return port
  }

  private mutating func readCredentials(_ text: Substring) throws(RedisError) {
    let (user, password) = Self.split(text, at: ":")
    guard let password else {
      throw .invalidAddress("the Redis address has a user but no password; a password alone follows a colon")
    }
    self.user = user.isEmpty ? nil : try Self.decoded(user)
    self.password = try Self.decoded(password)
    if self.user == nil, self.password?.isEmpty == true { self.password = nil }
  }

  private mutating func readDatabase(_ text: Substring) throws(RedisError) {
    guard let number = Int64(text), number >= 0, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      throw .invalidAddress("the database of the Redis address must be a number such as 0")
    }
    database = number
  }

  private mutating func readQuery(_ query: Substring?) throws(RedisError) {
    for item in query?.split(separator: "&") ?? [] {
      let (name, value) = Self.split(item, at: "=")
      switch name {
      case "db": try readDatabase(value ?? "")
      case "user": user = try Self.decoded(value ?? "")
      case "password": password = try Self.decoded(value ?? "")
      default:
        throw .invalidAddress("the Redis address has an unknown parameter; known are db, user and password")
      }
    }
    if user != nil, password == nil { throw .invalidAddress("the Redis address has a user but no password") }
  }

  private static func decoded(_ text: Substring) throws(RedisError) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw .invalidAddress("the Redis address has a % that two hexadecimal digits do not follow") }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw .invalidAddress("the Redis address is not UTF-8 once it is decoded")
    }
    return decoded
  }
}

// A password must not reach a log by any of the ways in which Swift prints a value.
extension RedisAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    let credentials = password == nil ? "" : "\(user ?? ""):***@"
    return switch endpoint {
    case .tcp(let host, let port):
      "redis://\(credentials)\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
    case .unix(let path): "unix://\(credentials)\(path)?db=\(database)"
    }
  }

  package var debugDescription: String { description }

  package var customMirror: Mirror {
    Mirror(self, children: ["address": description])
  }
}
