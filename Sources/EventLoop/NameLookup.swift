// Host names are looked up off the loop: libpq and the C
// library would block it for as long as a resolver sulks.
import CUV
import Glibc

extension EventLoop {
  /// All addresses of a host, in the resolver's order. A numeric host is answered at once.
  package func resolve(host: String, port: UInt16) async throws(SocketError) -> [SocketAddress] {
    if let numeric = SocketAddress(numeric: host, port: port) { return [numeric] }
    let outcome: Result<[SocketAddress], SocketError>
    do {
      outcome = try await offload { lookUp(host: host, port: port) }
    } catch {
      throw .unresolved(host: host, reason: "too many look-ups at once")
    }
    return try outcome.get()
  }
}

/// Blocks; on a thread of the pool only.
private func lookUp(host: String, port: UInt16) -> Result<[SocketAddress], SocketError> {
  var hints = unsafe addrinfo()
  unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var list: UnsafeMutablePointer<addrinfo>?
  let status = unsafe getaddrinfo(host, nil, &hints, &list)
  defer { unsafe freeaddrinfo(list) }
  guard status == 0 else {
    return .failure(.unresolved(host: host, reason: unsafe String(cString: gai_strerror(status))))
  }
  var addresses: [SocketAddress] = []
  var next = unsafe list
  while let entry = unsafe next {
    if let address = unsafe numericAddress(of: entry.pointee, port: port) { addresses.append(address) }
    unsafe next = entry.pointee.ai_next
  }
  return addresses.isEmpty ? .failure(.unresolved(host: host, reason: "no address")) : .success(addresses)
}

private func numericAddress(of entry: addrinfo, port: UInt16) -> SocketAddress? {
  var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
  let status = unsafe getnameinfo(
    entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
  guard status == 0 else { return nil }
  let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return SocketAddress(numeric: host, port: port)
}
