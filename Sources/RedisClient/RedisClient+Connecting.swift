// One connection after another: each is made, introduced to the server, and served until it ends.
import EventLoop

extension RedisClient {
  /// From the look-up of the host to the end of the connection. Answers why it ended.
  func serveOneConnection() async -> String {
    let targets: [SocketAddress]
    do throws(SocketError) {
      targets = try await resolveTargets()
    } catch {
      return error.description
    }
    var reason = "the host of the Redis address has no usable address"
    for target in targets.prefix(Self.targetsMax) where !isClosing {
      do throws(SocketError) {
        beginning = try RedisConnection(to: target, client: self)
      } catch {
        reason = error.description
        continue
      }
      guard let connection = beginning else { continue }
      guard let refusal = await begin(connection) else { return await connection.ended.value() }
      reason = refusal
    }
    return reason
  }

  /// A name may have several addresses; they are tried in order, and not for ever.
  private static var targetsMax: Int { 4 }

  private func resolveTargets() async throws(SocketError) -> [SocketAddress] {
    switch address.endpoint {
    case .tcp(let host, let port): return try await loop.resolve(host: host, port: port)
    case .unix(let path): return SocketAddress(unixPath: path).map { [$0] } ?? []
    }
  }

  /// Nil when the connection has become the one that serves; else it has ended, and this is why.
  private func begin(_ connection: RedisConnection) async -> String? {
    let handshake = Handshake(address: address, scripts: scripts)
    let timeout = options.connectTimeout.wholeNanoseconds
    var replies = await connection.exchange(handshake.introduction, timeout: timeout)
    if !connection.isEnded, !handshake.loading.isEmpty, case .ready = handshake.verdict(on: replies) {
      replies += await connection.exchange(handshake.loading, timeout: timeout)
    }
    beginning = nil
    guard !connection.isEnded else { return await connection.ended.value() }
    switch handshake.verdict(on: replies) {
    case .refused(let sentence):
      connection.end(sentence)
      return sentence
    case .unsupported(let sentence):
      unsupportedServer = sentence
      connection.end(sentence)
      return sentence
    case .ready(let version, let digests):
      serverVersion = version
      unsupportedServer = nil
      self.digests = digests
      reloads = [:]
      counters.connections &+= 1
      schedule.connectionReady(at: loop.now)
      stopBreakerAlarm()
      breaker.connected()
      ready = connection
      return nil
    }
  }

  func waitToReconnect() async {
    let jitter = Double.random(in: 0..<1)
    let delay = schedule.connectionEnded(at: loop.now, jitter: jitter)
    let over = OneShot<Void>()
    let alarm = loop.setDeadline(after: delay, for: self)
    pause = (alarm, over)
    await over.value()
    loop.cancelDeadline(alarm)
    pause = nil
  }
}
