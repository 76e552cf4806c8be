// A whole service inside the test process: the control loop on a thread of its own, two workers, a free port.
// The body of a test runs on its own thread and may block as a client does.
import Configuration
import EmbeddedServers
import EventLoop
import Foundation
import Synchronization

@testable import Service

final class RunningService: @unchecked Sendable {
  /// What the service reported as reasons to end it.
  let failures = Mutex<[ServiceError]>([])
  private(set) var service: Service?
  private let control = LoopThread(running: EventLoop(name: "test-control"))
  private let log = LineWriter(descriptor: RunningService.nowhere)

  /// What services write about their stores is of no interest here.
  private static let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)

  /// Starts a service on the stores, runs the body, and stops the service whatever came of it.
  static func on(
    _ servers: EmbeddedServers, as traits: ReleaseTraits = ReleaseTraits(),
    _ change: (inout ServeConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningService) throws -> Void
  ) async throws {
    var configuration = ServeConfiguration(databaseURL: Secret(servers.postgres.connectionURL))
    configuration.redisURL = Secret(servers.redis.connectionURL)
    configuration.listen = ListenAddress(host: "127.0.0.1", port: 0)
    configuration.workers = 2
    configuration.benchEndpoints = true
    configuration.accessLog = .off
    configuration.databaseTimeout = .milliseconds(500)
    configuration.connectTimeout = .seconds(3)
    change(&configuration)
    try await running(configuration, traits, body)
  }

  private static func running(
    _ configuration: ServeConfiguration, _ traits: ReleaseTraits,
    _ body: @escaping @Sendable (RunningService) throws -> Void
  ) async throws {
    let running = RunningService()
    let thread = LoopThread(running: EventLoop(name: "test-body"))
    defer { thread.stopAndJoin() }
    // The task stays the test's, so that failures bear its name.
    try await withTaskExecutorPreference(thread.loop) {
      defer { running.stop() }
      try running.start(configuration, traits)
      try body(running)
    }
  }

  var port: UInt16 { service?.address.port ?? 0 }

  var workerLoops: [EventLoop] { service?.crew.workers.map(\.loop) ?? [] }

  private func start(_ configuration: ServeConfiguration, _ traits: ReleaseTraits) throws {
    let plan = try ServicePlan(configuration, log: log, as: traits)
    let outcome: Result<Service, ServiceError> = wait { [self] done in
      do throws(ServiceError) {
        done(
          .success(
            try await Service.start(plan, on: control.loop) { [self] error in
              failures.withLock { $0.append(error) }
            }))
      } catch {
        done(.failure(error))
      }
    }
    service = try outcome.get()
  }

  private func stop() {
    if let service {
      wait { done in
        await service.stop()
        done(())
      }
    }
    control.stopAndJoin()
    log.close()
  }

  /// Runs the task on the control loop while this thread waits.
  private func wait<Value: Sendable>(
    for task: @escaping @Sendable (@Sendable (Value) -> Void) async -> Void
  ) -> Value {
    let box = Box<Value>()
    control.loop.post { [loop = control.loop] in
      loop.spawn { await task { box.put($0) } }
    }
    return box.take()
  }
}

/// Hands a value from one thread to another.
private final class Box<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let isFull = DispatchSemaphore(value: 0)

  func put(_ value: Value) {
    self.value.withLock { $0 = value }
    isFull.signal()
  }

  func take() -> Value {
    isFull.wait()
    guard let value = value.withLock({ $0 }) else { preconditionFailure("A full box holds a value.") }
    return value
  }
}
