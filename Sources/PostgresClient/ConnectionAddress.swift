// libpq looks names up by itself and blocks while it does. So names are looked up before, and libpq is given
// numeric addresses beside the names; it keeps the names for TLS and for its messages.
import EventLoop

/// One place to try: `host`, `hostaddr` and `port` as libpq takes them. An empty `numeric` is a Unix socket.
struct ConnectionAddress: Sendable, Equatable {
  var host: String
  var numeric: String
  var port: String
}

extension PostgresConnectionOptions {
  /// The places that the keywords name, not yet resolved.
  func addresses() throws(PostgresError) -> [ConnectionAddress] {
    let hosts = list("host")
    let numerics = list("hostaddr")
    let ports = list("port")
    let count = max(hosts.count, numerics.count, 1)
    guard hosts.isEmpty || hosts.count == count, numerics.isEmpty || numerics.count == count,
      ports.count <= 1 || ports.count == count
    else { throw .invalidOptions(reason: "it names different numbers of hosts and ports") }
    guard ports.allSatisfy({ $0.isEmpty || UInt16($0) ?? 0 > 0 }) else {
      throw .invalidOptions(reason: "a port is not a number from 1 to 65535")
    }
    // libpq ends the credentials at the first @, so what it takes for the host is the rest of a password.
    guard hosts.allSatisfy({ !$0.dropFirst().contains("@") }) else {
      throw .invalidOptions(reason: "a host has an @ in it; in a password it is written %40")
    }
    return (0..<count).map { index in
      let port = ports.count > 1 ? ports[index] : ports.first ?? ""
      return ConnectionAddress(
        host: hosts.isEmpty ? "" : hosts[index], numeric: numerics.isEmpty ? "" : numerics[index],
        port: port.isEmpty ? "5432" : port)
    }
  }

  private func list(_ name: String) -> [String] {
    value(name)?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
  }

  /// All addresses of all hosts. A host that cannot be resolved is left out as long as another can.
  func resolvedAddresses(on loop: EventLoop) async throws(PostgresError) -> [ConnectionAddress] {
    var resolved: [ConnectionAddress] = []
    var failure: PostgresError?
    for address in try addresses() {
      do throws(PostgresError) {
        resolved += try await address.resolved(on: loop)
      } catch {
        failure = error
      }
    }
    if let failure, resolved.isEmpty { throw failure }
    return resolved
  }
}

extension ConnectionAddress {
  var needsLookUp: Bool {
    numeric.isEmpty && !host.isEmpty && !host.hasPrefix("/") && !host.hasPrefix("@")
  }

  func resolved(on loop: EventLoop) async throws(PostgresError) -> [ConnectionAddress] {
    guard needsLookUp else { return [self] }
    guard let number = UInt16(port) else { throw .invalidOptions(reason: "a port is not a number") }
    do throws(SocketError) {
      return try await loop.resolve(host: host, port: number).map {
        ConnectionAddress(host: host, numeric: $0.host, port: port)
      }
    } catch {
      throw .connectionFailed(reason: error.description)
    }
  }
}
