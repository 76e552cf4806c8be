// Runs a service on the main thread until it is told to stop.
import Configuration
import EventLoop
import Glibc
import LedgerStore
import Service
import Synchronization

enum ServiceRun {
  /// Returns when the service has stopped after SIGTERM or SIGINT, or could not start.
  static func run(
    _ configuration: ServeConfiguration, announce: @escaping @Sendable (Service, EventLoop) async -> Void
  ) -> ExitStatus {
    raiseDescriptorLimit()
    let log = LineWriter(descriptor: 2)
    defer { log.close() }
    let plan: ServicePlan
    do throws(ServiceError) {
      plan = try ServicePlan(configuration, log: log)
    } catch {
      log.write("points: \(error)")
      return .usage
    }
    return run(plan, log: log, announce: announce)
  }

  private static func run(
    _ plan: ServicePlan, log: LineWriter, announce: @escaping @Sendable (Service, EventLoop) async -> Void
  ) -> ExitStatus {
    let loop = EventLoop(name: "control")
    let outcome = Mutex(ExitStatus.success)
    loop.post {
      loop.spawn {
        let status = await serve(plan, on: loop, log: log, announce: announce)
        outcome.withLock { $0 = status }
        loop.stop()
      }
    }
    loop.run()
    return outcome.withLock { $0 }
  }

  private static func serve(
    _ plan: ServicePlan, on loop: EventLoop, log: LineWriter,
    announce: @Sendable (Service, EventLoop) async -> Void
  ) async -> ExitStatus {
    let stop = OneShot<ExitStatus>()
    let signals = [SIGTERM, SIGINT].map { SignalWatch(signal: $0, on: loop) { stop.fulfil(.success) } }
    defer { for signal in signals { signal.close() } }
    do throws(ServiceError) {
      if let report = try await SchemaMigration.atStart(plan, on: loop), !report.applied.isEmpty {
        log.write("points: migrated: \(report.applied.joined(separator: ", "))")
      }
      let service = try await Service.start(plan, on: loop) { error in
        log.write("points: \(error)")
        stop.fulfil(.failure)
      }
      await announce(service, loop)
      let status = await stop.value()
      await service.stop()
      return status
    } catch {
      log.write("points: \(error)")
      return .failure
    }
  }

  /// Each connection is a descriptor, and the default limit of 1,024 is a relic: the hard limit is the real
  /// one.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
