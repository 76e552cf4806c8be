// Where the service is, taken apart once: what is looked up and connected to, and what stands in each
// request.

struct ServiceAddress: Sendable, Equatable {
  /// Without the brackets of an IPv6 address.
  let host: String
  let port: UInt16
  /// What the Host field says.
  let authority: String
  /// What stands before each path, without a slash at its end; for services behind a gateway.
  let prefix: String

  /// Reads `http://host:port/prefix`. Anything more is refused rather than left out.
  init(url: String) throws(PointsError) {
    guard let rest = url.dropPrefix("http://") else {
      throw .invalidArgument("The URL of the service must begin with http://, which \"\(url)\" does not.")
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    authority = String(rest[..<slash])
    prefix = String(rest[slash...].reversed().drop { $0 == "/" }.reversed())
    guard let (host, port) = Self.split(rest[..<slash]), Self.isPlainPath(prefix) else {
      throw .invalidArgument("\"\(url)\" is not a URL of the form http://host:port/prefix.")
    }
    self.host = host
    self.port = port
  }

  private static func split(_ authority: Substring) -> (host: String, port: UInt16)? {
    let host: Substring
    let rest: Substring
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[..<end].dropFirst()
      rest = authority[authority.index(after: end)...]
      guard host.contains(":"),
        host.utf8.allSatisfy({ $0.hexadecimalValue != nil || $0 == 0x3A || $0 == 0x2E })
      else { return nil }
    } else {
      let end = authority.firstIndex(of: ":") ?? authority.endIndex
      host = authority[..<end]
      rest = authority[end...]
      guard host.utf8.allSatisfy(\.isHostName) else { return nil }
    }
    guard !host.isEmpty else { return nil }
    if rest.isEmpty { return (String(host), 80) }
    let digits = rest.dropFirst()
    guard rest.first == ":", digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let port = UInt16(digits), port > 0
    else { return nil }
    return (String(host), port)
  }

  private static func isPlainPath(_ path: String) -> Bool {
    path.utf8.allSatisfy { $0.isHostName || $0 == 0x2F || $0 == 0x7E || $0 == 0x25 }
  }
}

extension UInt8 {
  fileprivate var isHostName: Bool {
    switch lowercased {
    case 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }
}

extension String {
  fileprivate func dropPrefix(_ prefix: String) -> Substring? {
    utf8.starts(with: prefix.utf8) ? self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...] : nil
  }
}
