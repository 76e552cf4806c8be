// How long a call waits, on a clock that only the test moves; and how it ends when its caller does.
import EventLoop
import Synchronization
import TestSupport
import Testing

@testable import PointsClient

struct PatienceTests {
  /// Takes one call at a time of each connection, whatever is spoken, and says nothing.
  private static let mute: ScriptedServer.Script = { connection in
    connection.begin(settings: ScriptedServer.oneAtATime)
    while connection.readRequest() != nil {}
  }

  private func requests(_ count: Int, at server: ScriptedServer) async -> Bool {
    await Eventually.holds { server.requests.count == count }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a call ends when its time is over whatever the service does`(version: ProtocolVersion) async throws {
    let clock = ManualClock()
    let options = ClientOptions(
      protocolVersion: version, requestTimeout: .seconds(60), callTimeout: .seconds(10))
    try await withClient(options: options, clock: .manual(clock), script: Self.mute) { points, server in
      let read = Task { try await points.balance(userID: "1") }
      let write = Task { try await points.award(userID: "1", amount: 1, idempotencyKey: "k") }
      #expect(await requests(2, at: server))
      clock.advance(by: .seconds(11))
      await #expect(throws: PointsError.timedOut) { try await read.value }
      await #expect(throws: PointsError.outcomeUnknown(reason: "the answer did not come in time", key: "k")) {
        try await write.value
      }
      // One of HTTP/2 may stay, for the service was told that nobody waits.
      if version == .http1 { #expect(await Eventually.holds { server.openConnections == 0 }) }
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `an attempt that takes too long is followed by another`(version: ProtocolVersion) async throws {
    let (clock, counter) = (ManualClock(), Counter())
    // While the machine is busy the clock may move by forty seconds; to the second attempt that is no time.
    var options = ClientOptions(
      protocolVersion: version, connectTimeout: .seconds(200), requestTimeout: .seconds(200),
      callTimeout: .seconds(3000))
    options.retry.firstPause = .milliseconds(1)
    try await withClient(
      options: options, clock: .manual(clock),
      script: { connection in
        while connection.readRequest() != nil {
          if counter.next() == 2 { connection.write(ScriptedAnswers.json(ScriptedAnswers.balance())) }
        }
      }
    ) { points, server in
      let call = Task { try await points.balance(userID: "1") }
      #expect(await requests(1, at: server))
      clock.advance(by: .seconds(201))
      // The pause begins when the caller's task has decided on it; the clock must move after that.
      try #require(
        await Eventually.holds {
          clock.advance(by: .milliseconds(2))
          return server.requests.count == 2
        })
      let balance = try await call.value
      #expect(balance.balance == 10)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a call that waits for a connection ends in time too and was never sent`(version: ProtocolVersion)
    async throws
  {
    let clock = ManualClock()
    let options = ClientOptions(
      protocolVersion: version, connections: 1, requestTimeout: .seconds(60), callTimeout: .seconds(10))
    try await withClient(options: options, clock: .manual(clock), script: Self.mute) { points, server in
      let first = Task { try await points.balance(userID: "1") }
      #expect(await requests(1, at: server))
      let second = Task { try await points.award(userID: "1", amount: 1, idempotencyKey: nil) }
      #expect(await Eventually.holds { points.transport.waitingCalls == 1 })
      clock.advance(by: .seconds(11))
      await #expect(throws: PointsError.timedOut) { try await first.value }
      await #expect(throws: PointsError.timedOut) { try await second.value }
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `more calls than may wait are refused at once`(version: ProtocolVersion) async throws {
    let options = ClientOptions(
      protocolVersion: version, connections: 1, waitingCalls: 1)
    try await withClient(options: options, script: Self.mute) { points, server in
      let first = Task { try await points.balance(userID: "1") }
      #expect(await requests(1, at: server))
      let second = Task { try await points.balance(userID: "1") }
      #expect(await Eventually.holds { points.transport.waitingCalls == 1 })
      await #expect(throws: PointsError.overloaded) { try await points.balance(userID: "1") }
      await points.shutdown()
      await #expect(throws: PointsError.closed) { try await first.value }
      await #expect(throws: PointsError.closed) { try await second.value }
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a cancelled task is resumed at once and its place is free`(version: ProtocolVersion) async throws {
    let options = ClientOptions(
      protocolVersion: version, connections: 1)
    try await withClient(options: options, script: Self.mute) { points, server in
      let read = Task { try await points.balance(userID: "1") }
      #expect(await requests(1, at: server))
      let waiting = Task { try await points.award(userID: "1", amount: 1) }
      #expect(await Eventually.holds { points.transport.waitingCalls == 1 })
      waiting.cancel()
      await #expect(throws: PointsError.cancelled) { try await waiting.value }
      read.cancel()
      await #expect(throws: PointsError.cancelled) { try await read.value }
      let write = Task { try await points.award(userID: "1", amount: 1, idempotencyKey: "k") }
      #expect(await requests(2, at: server))
      write.cancel()
      await #expect(throws: PointsError.outcomeUnknown(reason: "the task was cancelled", key: "k")) {
        try await write.value
      }
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a task that is cancelled already sends nothing`(version: ProtocolVersion) async throws {
    try await withClient(options: .quick(version), script: Self.mute) { points, server in
      let call = Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return try await points.balance(userID: "1")
      }
      await #expect(throws: PointsError.cancelled) { try await call.value }
      #expect(server.requests.isEmpty)
    }
  }
}
