// Two thousand clients that waste the server's time, and one that must not notice.
import EventLoop
import Foundation
import Synchronization
import Testing

@testable import HTTPServer

extension OverSockets {
  struct SlowClientsTests {
    private static let each = 1000

    /// That the server has with each of them.
    private static let patience = Duration.seconds(4)

    private static let limits: ServerLimits = {
      var limits = ServerLimits.brief
      limits.headTimeout = patience
      limits.bodyTimeout = patience
      limits.writeTimeout = patience
      limits.outputHighWater = 64 * 1024
      return limits
    }()

    @Test func `a thousand slow senders and a thousand slow readers delay nobody and are cut`() async throws {
      raiseDescriptorLimit()
      try await ServerUnderTest.running(workers: 2, limits: Self.limits) { server in
        let caller = try NormalCaller(server)
        let memoryBefore = residentKiB(of: getpid())
        let senders = try (0..<Self.each).map { try Self.sender($0, server) }
        let readers = try (0..<Self.each).map { _ in try Self.reader(server) }
        var memory = 0
        var output = 0
        var open = senders
        while !open.isEmpty {
          for client in open { _ = client.sendWithoutWaiting([0x61]) }
          memory = max(memory, residentKiB(of: getpid()))
          output = max(output, server.outputBytes)
          open = open.filter { !$0.hasSomethingToRead }
          usleep(50_000)
        }
        #expect(server.eventually { server.counters.slowReaders == Self.each })
        for sender in senders { #expect(try sender.head().status == 408) }
        for reader in readers {
          #expect(throws: ClientError.self) { while try reader.answer().status == 200 {} }
        }
        let latencies = try caller.stop()
        let p99 = latencies[latencies.count * 99 / 100]
        print("normal caller: \(latencies.count) answers, p99 \(p99), last \(latencies.last ?? .zero)")
        print("resident: \(memoryBefore) KiB before, \(memory) KiB at most; output at most \(output) bytes")
        let lags = server.workers.map { worker in
          visit(worker.loop) { worker.loop.statistics.longestTurnNanoseconds }
        }
        print("longest turns: \(lags.map { Duration.nanoseconds($0) })")
        #expect(p99 < .milliseconds(500))
        // When the kernel's memory for TCP ran out, packets were lost and some answers took six seconds.
        #expect(latencies.allSatisfy { $0 < Self.patience })
        let counters = server.counters
        #expect(counters.slowSenders == Self.each)
        #expect(counters.slowReaders == Self.each)
        #expect(output <= Self.each * 3 * (Self.limits.outputHighWater + RoutesUnderTest.pageCount))
        for client in senders + readers { client.close() }
      }
    }

    /// Half of them dawdle in the head, half in the body.
    private static func sender(_ number: Int, _ server: ServerUnderTest) throws -> RawClient {
      let client = try RawClient(server, receiveBuffer: 4096)
      let body =
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
      try client.send(number % 2 == 0 ? "GET /sync HTTP/1.1\r\nA: " : body)
      return client
    }

    /// Asks for far more than the kernel takes in, and reads nothing.
    private static func reader(_ server: ServerUnderTest) throws -> RawClient {
      let client = try RawClient(server, receiveBuffer: 4096)
      try client.send(String(repeating: get("/page"), count: 300))
      return client
    }
  }
}

/// A well-behaved client on a thread of its own, that measures how long each of its answers takes.
private final class NormalCaller: Sendable {
  private let mustStop = Atomic(false)
  private let outcome = Mutex<Result<[Duration], any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  init(_ server: ServerUnderTest) throws {
    Thread.detachNewThread { [self] in
      let measured = Result { try measure(RawClient(server)) }
      outcome.withLock { $0 = measured }
      done.signal()
    }
  }

  private func measure(_ client: RawClient) throws -> [Duration] {
    var latencies: [Duration] = []
    while !mustStop.load(ordering: .relaxed) {
      let begin = ContinuousClock.now
      try client.send(get("/sync"))
      guard try client.answer().status == 200 else { throw ClientError.closed }
      latencies.append(ContinuousClock.now - begin)
      usleep(500)
    }
    return latencies
  }

  /// The latencies, shortest first.
  func stop() throws -> [Duration] {
    mustStop.store(true, ordering: .relaxed)
    done.wait()
    guard let outcome = outcome.withLock({ $0 }) else { throw ClientError.closed }
    return try outcome.get().sorted()
  }
}
