// The client's one thread: that there is only one, that nobody waits on another, and that it ends.
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PointsClient

/// Threads of the whole process are counted, so these run one after the other.
@Suite(.serialized)
struct LifeTests {
  private static let mute: ScriptedServer.Script = { connection in
    while connection.readRequest() != nil {}
  }

  /// The names of the process's threads that are clients' loops, and how many threads there are in all.
  private static func threads() throws -> (loops: Int, all: Int) {
    let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
    let names = tasks.map {
      (try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)) ?? ""
    }
    return (names.count { $0.hasPrefix("points-client") }, tasks.count)
  }

  @Test func `shutdown ends calls under way and all that come later`() async throws {
    try await withClient(options: ClientOptions(connections: 2), script: Self.mute) { points, server in
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

  @Test func `a write under way at the shutdown has an open outcome`() async throws {
    try await withClient(script: Self.mute) { points, server in
      let write = Task { try await points.award(userID: "1", amount: 1, idempotencyKey: "k") }
      #expect(await Eventually.holds { server.requests.count == 1 })
      await points.shutdown()
      await #expect(throws: PointsError.outcomeUnknown(reason: "the client was shut down", key: "k")) {
        try await write.value
      }
    }
  }

  @Test func `a client that is dropped takes its thread and connections with it`() async throws {
    let server = ScriptedServer(answering: { _ in ScriptedAnswers.json(ScriptedAnswers.balance()) })
    defer { server.stop() }
    let before = try Self.threads().loops
    for _ in 0..<20 {
      let points = try PointsClient(url: server.url, key: "k")
      _ = try await points.balance(userID: "123")
    }
    #expect(try Self.threads().loops <= before)
    #expect(await Eventually.holds { server.openConnections == 0 })
  }

  @Test func `a thousand calls at once need no further thread and hold up no other task`() async throws {
    let gate = Gate()
    try await withClient(
      script: { connection in
        while connection.readRequest() != nil {
          gate.waitUntilOpen()
          connection.write(ScriptedAnswers.json(ScriptedAnswers.balance()))
        }
      }
    ) { points, server in
      await Self.useAllThreadsOfThePool()
      let calls = (0..<1_000).map { _ in Task { try await points.balance(userID: "123") } }
      #expect(
        await Eventually.holds {
          server.requests.count == 8 && points.transport.waitingCalls == 992
        })
      let during = try Self.threads()
      // If a call blocked the thread it was made on, none of the pool's few would be left for these.
      await Self.useAllThreadsOfThePool()
      gate.open()
      for call in calls { #expect(try await call.value.balance == 10) }
      let after = try Self.threads()
      #expect(after.all <= during.all)
      #expect(server.connectionsAccepted == 8)
      // The runner's main thread and its pool, the accepting thread, eight for connections, one for each
      // client.
      let pool = ProcessInfo.processInfo.activeProcessorCount
      #expect(during.all <= 1 + pool + 1 + 8 + during.loops + Self.threadsOfOthers)
    }
  }

  /// Threads that Foundation and the test runner may have for themselves.
  private static let threadsOfOthers = 4

  private static func useAllThreadsOfThePool() async {
    await withTaskGroup(of: Int.self) { group in
      for number in 0..<64 { group.addTask { (0..<1_000).reduce(number, &+) } }
      await group.waitForAll()
    }
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
