// The commands. Each writes itself into the output of the turn
// and waits for its reply; none builds a list of arguments first.
import EventLoop

extension RedisClient {
  /// Sends any command and hands over its reply.
  package func send(_ command: RedisCommand, timeout: Duration? = nil) async -> RedisReply {
    await exchange(timeout) { command.encode(into: &$0) }
  }

  /// Sends the commands together and in order; the replies are in that order too. The bound of commands in
  /// flight takes all or none.
  package func send(_ commands: [RedisCommand], timeout: Duration? = nil) async -> [RedisReply] {
    guard !commands.isEmpty else { return [] }
    do throws(RedisUnavailable) {
      let connection = try admit(commands: commands.count)
      return await connection.exchange(commands, timeout: nanoseconds(timeout))
    } catch {
      return Array(repeating: .unavailable(error), count: commands.count)
    }
  }

  package func ping(timeout: Duration? = nil) async -> RedisResult<Void> {
    await exchange(timeout) { $0.append(contentsOf: Self.ping) }
      .decoded { $0 == .status("PONG") ? () : nil }
  }

  package func get(_ key: [UInt8], timeout: Duration? = nil) async -> RedisResult<[UInt8]> {
    await exchange(timeout) { $0.appendCommand("GET", key) }.decoded(\.bytes)
  }

  /// Sets the value; it lives for the given time, or for ever.
  package func set(
    _ key: [UInt8], _ value: [UInt8], expiresAfter life: Duration? = nil, timeout: Duration? = nil
  ) async -> RedisResult<Void> {
    await exchange(timeout) { output in
      output.appendCommandHeader(arguments: life == nil ? 3 : 5)
      output.appendBulk("SET")
      output.appendBulk(key)
      output.appendBulk(value)
      guard let life else { return }
      output.appendBulk("PX")
      output.appendBulk(max(1, life.wholeNanoseconds / 1_000_000))
    }.decoded { $0 == .status("OK") ? () : nil }
  }

  /// Answers how many of the keys existed.
  package func del(_ keys: [[UInt8]], timeout: Duration? = nil) async -> RedisResult<Int64> {
    guard !keys.isEmpty else { return .value(0) }
    return await exchange(timeout) { output in
      output.appendCommandHeader(arguments: 1 + keys.count)
      output.appendBulk("DEL")
      for key in keys { output.appendBulk(key) }
    }.decoded(\.integer)
  }

  /// The fields' values in the order asked for, nil for each that is absent. A missing hash has no fields.
  package func hmget(
    _ key: [UInt8], _ fields: [[UInt8]], timeout: Duration? = nil
  ) async -> RedisResult<[[UInt8]?]> {
    guard !fields.isEmpty else { return .value([]) }
    return await exchange(timeout) { output in
      output.appendCommandHeader(arguments: 2 + fields.count)
      output.appendBulk("HMGET")
      output.appendBulk(key)
      for field in fields { output.appendBulk(field) }
    }.decoded(\.optionalStrings)
  }

  /// Two fields, the second named by a text: what a caller wants, with what tells whether to believe it.
  package func hmget(
    _ key: [UInt8], _ first: StaticString, _ second: String, timeout: Duration? = nil
  ) async -> RedisReply {
    await exchange(timeout) { output in
      output.append(contentsOf: Self.hmgetOfTwo)
      output.appendBulk(key)
      output.appendBulk(first)
      output.appendBulk(second)
    }
  }

  // MARK: The exchange

  static let ping = Array("*1\r\n$4\r\nPING\r\n".utf8)
  private static let hmgetOfTwo = Array("*4\r\n$5\r\nHMGET\r\n".utf8)

  @inline(__always)
  func nanoseconds(_ timeout: Duration?) -> Int64 {
    timeout?.wholeNanoseconds ?? defaultTimeout
  }

  /// One command, written by `encode`, and its reply.
  @inline(__always)
  func exchange(_ timeout: Duration?, _ encode: (inout [UInt8]) -> Void) async -> RedisReply {
    do throws(RedisUnavailable) {
      let connection = try admit()
      let limit = nanoseconds(timeout)
      return await unsafe withUnsafeContinuation { continuation in
        unsafe connection.send(to: .task(continuation), timeout: limit, encode)
      }
    } catch {
      return .unavailable(error)
    }
  }
}

extension RedisConnection {
  /// Several commands, and one wait for all their replies.
  func exchange(_ commands: [RedisCommand], timeout: Int64) async -> [RedisReply] {
    await exchange(count: commands.count, timeout: timeout) { index, output in
      commands[index].encode(into: &output)
    }
  }

  func exchange(
    count: Int, timeout: Int64, _ encode: (Int, inout [UInt8]) -> Void
  ) async -> [RedisReply] {
    await unsafe withUnsafeContinuation { continuation in
      let batch = unsafe PendingBatch(count: count, continuation: continuation)
      for index in 0..<count {
        send(to: .batch(batch, index: index), timeout: timeout) { encode(index, &$0) }
      }
    }
  }
}

extension RedisValue {
  package var bytes: [UInt8]? {
    if case .bulk(let bytes) = self { bytes } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  package var array: [RedisValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// An array of strings of which each may be missing.
  fileprivate var optionalStrings: [[UInt8]?]? {
    guard case .array(let values) = self else { return nil }
    var strings: [[UInt8]?] = []
    strings.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .bulk(let bytes): strings.append(bytes)
      case .null: strings.append(nil)
      case .integer, .status, .array, .error: return nil
      }
    }
    return strings
  }
}
