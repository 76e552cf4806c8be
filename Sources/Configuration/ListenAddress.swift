// Where the server listens: a numeric address and a port. Names are refused,
// apart from `localhost`, because a name may resolve to several addresses,
// or to another one tomorrow, and listening is no place for surprises.

package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// An IPv4 or IPv6 address without brackets.
  package let host: String
  /// Port 0 asks the system for any free one.
  package let port: UInt16

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`; nothing for any other text.
  init?(text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard let port = Quantity(String(digits)), port.unit.isEmpty, let port = UInt16(exactly: port.number),
      let host = Self.numericHost(text[..<colon])
    else { return nil }
    self.init(host: host, port: port)
  }

  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  private static func numericHost(_ host: Substring) -> String? {
    if host == "localhost" { return "127.0.0.1" }
    if host.hasPrefix("[") && host.hasSuffix("]") {
      let inside = host.dropFirst().dropLast()
      return isIPv6(inside) ? String(inside) : nil
    }
    return isIPv4(host) ? String(host) : nil
  }

  /// A leading zero is refused: some systems take `010` for eight.
  private static func isIPv4(_ host: Substring) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard let quantity = Quantity(String(part)), quantity.unit.isEmpty else { return false }
        return quantity.number <= 255 && String(quantity.number) == part
      }
  }

  /// Eight groups, or fewer with one `::` that stands for at
  /// least one; the last may be an IPv4 address worth two.
  private static func isIPv6(_ host: Substring) -> Bool {
    let halves = host.split(separator: "::", omittingEmptySubsequences: false)
    var groups = halves.flatMap { half in
      half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
    }
    var count = groups.count
    if let last = groups.last, halves.last?.isEmpty == false, isIPv4(last) {
      groups.removeLast()
      count += 1
    }
    let areHex = groups.allSatisfy { (1...4).contains($0.utf8.count) && $0.allSatisfy(\.isHexDigit) }
    return areHex && (halves.count == 1 ? count == 8 : halves.count == 2 && count <= 7)
  }
}
