// The client's one thread: that there is only one, that nobody waits on another, and that it ends.
import EventLoop
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PointsClient

struct LifeTests {
  /// Takes one call at a time of each connection, whatever is spoken, and says nothing.
  private static let mute: ScriptedServer.Script = { connection in
    connection.begin(settings: ScriptedServer.oneAtATime)
    while connection.readRequest() != nil {}
  }

  /// The process's threads but those of servers and of clients' loops, which other tests make and end too.
  private static func otherThreads() throws -> Set<String> {
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
    return Set(
      threads.filter { thread in
        let name = (try? String(contentsOfFile: "/proc/self/task/\(thread)/comm", encoding: .utf8)) ?? ""
        return !name.hasPrefix(ScriptedServer.threadName) && !name.hasPrefix("points-client")
      })
  }

  @Test(arguments: ProtocolVersion.both)
  func `shutdown ends calls under way and all that come later`(version: ProtocolVersion) async throws {
    try await withClient(
      options: ClientOptions(protocolVersion: version, connections: 2), script: Self.mute
    ) { points, server in
      let reads = (0..<5).map { _ in Task { try await points.balance(userID: "1") } }
      #expect(
        await Eventually.holds {
          server.requests.count == 2 && points.transport.waitingCalls == 3
        })
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { await points.shutdown() } }
      }
      for read in reads { await #expect(throws: PointsError.closed) { try await read.value } }
      await #expect(throws: PointsError.closed) { try await points.balance(userID: "1") }
      await points.shutdown()
      #expect(await Eventually.holds { server.openConnections == 0 })
    }
  }

  @Test(arguments: ProtocolVersion.both)
  func `a write under way at the shutdown has an open outcome`(version: ProtocolVersion) async throws {
    try await withClient(options: .quick(version), script: Self.mute) { points, server in
      let write = Task { try await points.award(userID: "1", amount: 1, idempotencyKey: "k") }
      #expect(await Eventually.holds { server.requests.count == 1 })
      await points.shutdown()
      await #expect(throws: PointsError.outcomeUnknown(reason: "the client was shut down", key: "k")) {
        try await write.value
      }
    }
  }

  /// A thread keeps its loop for as long as it turns, so a loop that is gone has no thread.
  @Test(arguments: ProtocolVersion.both)
  func `a client that is dropped takes its thread and connections with it`(version: ProtocolVersion)
    async throws
  {
    let server = ScriptedServer(answering: { _ in ScriptedAnswers.json(ScriptedAnswers.balance()) })
    defer { server.stop() }
    for _ in 0..<20 {
      weak var loop: EventLoop?
      do {
        let points = try PointsClient(url: server.url, key: "k", options: .quick(version))
        loop = points.transport.loop
        _ = try await points.balance(userID: "123")
        #expect(loop != nil)
      }
      let isGone = loop == nil
      #expect(isGone)
    }
    #expect(await Eventually.holds { server.openConnections == 0 })
  }

  @Test(arguments: ProtocolVersion.both)
  func `a thousand calls at once need no further thread and hold up no other task`(version: ProtocolVersion)
    async throws
  {
    let gate = Gate()
    // A busy machine may hold the gate shut for long.
    var options = ClientOptions.quick(version)
    options.connectTimeout = .seconds(60)
    options.requestTimeout = .seconds(60)
    options.callTimeout = .seconds(120)
    try await withClient(
      options: options,
      script: { connection in
        connection.begin(settings: ScriptedServer.oneAtATime)
        while connection.readRequest() != nil {
          gate.waitUntilOpen()
          connection.write(ScriptedAnswers.json(ScriptedAnswers.balance()))
        }
      }
    ) { points, server in
      await Self.useAllThreadsOfThePool()
      let before = try Self.otherThreads()
      let calls = (0..<1_000).map { _ in Task { try await points.balance(userID: "123") } }
      #expect(
        await Eventually.holds { server.requests.count == 8 && points.transport.waitingCalls == 992 })
      // If a call blocked the thread it was made on, none of the pool's few would be left for these.
      await Self.useAllThreadsOfThePool()
      // A server of another test may not have named a thread yet; what the calls had made would stay.
      #expect(
        await Eventually.holds {
          (try? Self.otherThreads().subtracting(before).isEmpty) ?? false
        })
      gate.open()
      for call in calls {
        let balance = try await call.value
        #expect(balance.balance == 10)
      }
      #expect(server.connectionsAccepted == 8)
    }
  }

  private static func useAllThreadsOfThePool() async {
    await withTaskGroup(of: Int.self) { group in
      for number in 0..<64 { group.addTask { (0..<1_000).reduce(number, &+) } }
      await group.waitForAll()
    }
    // Sleeping has a thread of its own, which is there from now on.
    try? await Task.sleep(for: .milliseconds(1))
  }
}

/// Holds threads back until it is opened.
private final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func waitUntilOpen() {
    semaphore.wait()
    semaphore.signal()
  }

  func open() {
    semaphore.signal()
  }
}
