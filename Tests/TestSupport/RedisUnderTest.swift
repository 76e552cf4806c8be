// A Redis of a test's own, and the things that can happen to it.
package import EmbeddedServers
import EventLoop
package import RedisClient

package final class RedisUnderTest: Sendable {
  package let servers: EmbeddedServers
  package var url: String { servers.redis.connectionURL }

  package init() throws {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    servers = try EmbeddedServers.startUntilExit(options)
  }

  package func stop() { servers.stop() }

  /// Everything Redis holds, as its own dumps.
  package struct Copy: Sendable {
    package var values: [(key: [UInt8], dump: [UInt8])] = []
    /// The markers among it.
    package var markers: [[UInt8]] = []

    package init(values: [(key: [UInt8], dump: [UInt8])] = [], markers: [[UInt8]] = []) {
      (self.values, self.markers) = (values, markers)
    }
  }

  /// All of one moment, as a dump of Redis is.
  package func copy() async throws -> Copy {
    let script = """
      local dump, markers = {}, {}
      for _, key in ipairs(redis.call('KEYS', '*')) do
        dump[#dump + 1] = key
        dump[#dump + 1] = redis.call('DUMP', key)
        if string.find(key, ':accounts$') then markers[#markers + 1] = redis.call('HGET', key, '') or nil end
      end
      return {dump, markers}
      """
    return try await administering { redis in
      guard
        case .value(.array(let parts)) = await redis.send(RedisCommand("EVAL", [script.bytes, "0".bytes])),
        parts.count == 2, case .array(let dumped) = parts[0], case .array(let markers) = parts[1]
      else { return Copy() }
      let values = dumped.compactMap(\.bytes)
      return Copy(
        values: stride(from: 0, to: values.count - 1, by: 2).map { (values[$0], values[$0 + 1]) },
        markers: markers.compactMap(\.bytes))
    }
  }

  /// What a restart with an older dump does: every connection ends, and what is there then is what was there
  /// before.
  package func rollBack(to copy: Copy) async throws {
    try await administering { redis in
      var commands = [
        RedisCommand("MULTI"),
        RedisCommand("CLIENT", ["KILL", "TYPE", "normal", "SKIPME", "yes"].map(\.bytes)),
        RedisCommand("FLUSHALL"),
      ]
      for (key, dump) in copy.values {
        commands.append(RedisCommand("RESTORE", key: key, ["0".bytes, dump]))
      }
      commands.append(RedisCommand("EXEC"))
      _ = await redis.send(commands, timeout: .seconds(10))
    }
  }

  package func flush() async throws { try await command("FLUSHALL") }

  package func dropConnections() async throws {
    try await command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
  }

  /// Everybody waits for so long, as behind a slow command.
  package func stall(_ milliseconds: Int) async throws {
    try await command("CLIENT", "PAUSE", "\(milliseconds)")
  }

  /// Above the limit writes are refused; 0 for none.
  package func limitMemory(to bytes: Int) async throws {
    try await command("CONFIG", "SET", "maxmemory", "\(bytes)")
  }

  private func command(_ name: StaticString, _ arguments: String...) async throws {
    try await administering { _ = await $0.send(RedisCommand(name, arguments.map(\.bytes))) }
  }

  package func administering<Value: Sendable>(
    _ body: @escaping @Sendable (RedisClient) async -> Value
  ) async throws -> Value {
    let address = try RedisAddress(url)
    return try await onNewLoop { loop in
      var options = RedisOptions()
      options.timeout = .seconds(5)
      let client = RedisClient(address: address, loop: loop, options: options)
      let running = loop.spawn { await client.run() }
      let end = loop.clock.now + .seconds(10)
      while client.health != .ready, loop.clock.now < end { try await loop.sleep(for: .milliseconds(1)) }
      let value = await body(client)
      await client.close(deadline: .seconds(1))
      await running.value
      return value
    }
  }
}

extension String {
  fileprivate var bytes: [UInt8] { Array(utf8) }
}
