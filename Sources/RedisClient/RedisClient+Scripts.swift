// Scripts are loaded with the connection and called by digest. A server can forget them (SCRIPT FLUSH, a
// failover behind a proxy): then it answers NOSCRIPT, the script is loaded again and the call repeated once,
// in one write. A call that was answered NOSCRIPT has done nothing, so the repeat is harmless.

extension RedisClient {
  /// Calls a script that this client was made with.
  package func call(
    _ script: RedisScript, keys: [[UInt8]], arguments: [[UInt8]] = [], timeout: Duration? = nil
  ) async -> RedisReply {
    let call = RedisScriptCall(script, keys: keys, arguments: RedisArguments(arguments))
    let reply = await attempt(call, timeout)
    guard reply.isNoScript else { return reply }
    return await attempt(call, timeout, reloading: true)
  }

  /// Calls scripts in order, in one write; the replies are in the order of the calls. Only if the server
  /// forgets a script between two of the calls can a later one run before the repeat of an earlier one: who
  /// must not allow that awaits the earlier calls first.
  package func call(_ calls: [RedisScriptCall], timeout: Duration? = nil) async -> [RedisReply] {
    var replies = await attempt(calls, timeout)
    let forgotten = replies.indices.filter { replies[$0].isNoScript }
    guard !forgotten.isEmpty else { return replies }
    let repeated = await attempt(forgotten.map { calls[$0] }, timeout, reloading: true)
    for (index, reply) in zip(forgotten, repeated) { replies[index] = reply }
    return replies
  }

  private func attempt(
    _ call: RedisScriptCall, _ timeout: Duration?, reloading: Bool = false
  ) async -> RedisReply {
    do throws(RedisUnavailable) {
      if reloading { reload(call.script, on: try admit(commands: 2)) }
      let digest = try digest(of: call.script)
      return await exchange(timeout) { call.encode(digest: digest, into: &$0) }
    } catch {
      return .unavailable(error)
    }
  }

  private func attempt(
    _ calls: [RedisScriptCall], _ timeout: Duration?, reloading: Bool = false
  ) async -> [RedisReply] {
    guard !calls.isEmpty else { return [] }
    do throws(RedisUnavailable) {
      let connection = try admit(commands: calls.count + (reloading ? scripts.count : 0))
      if reloading {
        for call in calls { reload(call.script, on: connection) }
      }
      var digests: [[UInt8]] = []
      digests.reserveCapacity(calls.count)
      for call in calls { digests.append(try digest(of: call.script)) }
      return await connection.exchange(count: calls.count, timeout: nanoseconds(timeout)) { index, output in
        calls[index].encode(digest: digests[index], into: &output)
      }
    } catch {
      return Array(repeating: .unavailable(error), count: calls.count)
    }
  }

  private func digest(of script: RedisScript) throws(RedisUnavailable) -> [UInt8] {
    guard ready != nil else { throw isClosing ? .closed : .notConnected }
    guard let digest = digests[ObjectIdentifier(script)] else {
      preconditionFailure("Script \(script.name) is called, but the client was not made with it.")
    }
    return digest
  }

  /// Puts the script before the calls that follow in this
  /// turn; many callers may have met its absence at once.
  private func reload(_ script: RedisScript, on connection: RedisConnection) {
    let id = ObjectIdentifier(script)
    guard reloads[id] != counters.flushes else { return }
    reloads[id] = counters.flushes
    counters.scriptReloads &+= 1
    connection.send(to: .nobody, timeout: .max) { output in
      output.appendCommandHeader(arguments: 3)
      output.appendBulk("SCRIPT")
      output.appendBulk("LOAD")
      output.appendBulk(script.source)
    }
  }
}

extension RedisResult<RedisValue> {
  fileprivate var isNoScript: Bool {
    if case .failed(let error) = self { error.code == .noScript } else { false }
  }
}
