// The life of the process's service: workers first, then the door; on the way out the door first.
import Configuration
package import EventLoop
import HTTPServer

/// A running service. Its home is the control loop, which accepts connections and hears signals.
package final class Service: @unchecked Sendable {
  package let address: SocketAddress
  private let controlLoop: EventLoop
  private let plan: ServicePlan
  private let server: HTTPServer
  private let threads: [LoopThread]
  let crew: Crew

  private init(
    controlLoop: EventLoop, plan: ServicePlan, server: HTTPServer, threads: [LoopThread], crew: Crew
  ) {
    self.controlLoop = controlLoop
    self.plan = plan
    self.server = server
    self.threads = threads
    self.crew = crew
    address = server.address
  }

  /// Starts the workers and then listens. Called on the control loop. The stores are connected meanwhile:
  /// `/ready` tells when they are, and a store that is down keeps nobody from asking. A store that is too old
  /// is reported to `failed`, on the control loop; the service should then be stopped.
  package static func start(
    _ plan: ServicePlan, on controlLoop: EventLoop, failed: @escaping @Sendable (ServiceError) -> Void
  ) async throws(ServiceError) -> Service {
    controlLoop.preconditionInside()
    let threads = (0..<plan.workerCount).map {
      LoopThread(running: EventLoop(name: "worker-\($0)"), gathers: true)
    }
    let crew = Crew(log: plan.log)
    await crew.assemble(
      startWorkers(on: threads.map(\.loop), plan: plan, crew: crew, controlLoop: controlLoop))
    do throws(SocketError) {
      let server = try HTTPServer(
        on: plan.address, controlLoop: controlLoop, workers: crew.workers.map(\.http), limits: plan.limits,
        reusePort: plan.configuration.reusePort)
      crew.work(behind: server)
      watchStores(crew, plan, controlLoop: controlLoop, failed: failed)
      return Service(controlLoop: controlLoop, plan: plan, server: server, threads: threads, crew: crew)
    } catch {
      await end(crew, threads, within: storePatience, from: controlLoop)
      throw .cannotListen(error)
    }
  }

  /// Refuses new connections, answers what was accepted, and ends the workers, all within the time to drain.
  package func stop() async {
    let end = controlLoop.clock.now + plan.configuration.drainTimeout
    for worker in crew.workers { worker.loop.post { worker.ledger.endStreams() } }
    await server.drain(deadline: plan.configuration.drainTimeout)
    let remaining = end.remaining(from: controlLoop.clock.now)
    await Self.end(crew, threads, within: min(Self.storePatience, remaining), from: controlLoop)
  }

  private static func watchStores(
    _ crew: Crew, _ plan: ServicePlan, controlLoop: EventLoop,
    failed: @escaping @Sendable (ServiceError) -> Void
  ) {
    guard let worker = crew.workers.first else { return }
    worker.loop.post {
      worker.watchStores(log: plan.log, verifyRate: plan.configuration.verifyRate) { error in
        controlLoop.post { failed(error) }
      }
    }
  }

  private static func startWorkers(
    on loops: [EventLoop], plan: ServicePlan, crew: Crew, controlLoop: EventLoop
  ) async -> [Worker] {
    let starting = loops.map { loop in
      let started = OneShot<Worker>()
      loop.post {
        let worker = Worker(loop: loop, plan: plan, crew: crew)
        controlLoop.post { started.fulfil(worker) }
      }
      return started
    }
    var workers: [Worker] = []
    for started in starting { workers.append(await started.value()) }
    return workers
  }

  /// How long a store may take to answer what was asked before the workers end.
  private static let storePatience = Duration.seconds(2)

  private static func end(
    _ crew: Crew, _ threads: [LoopThread], within limit: Duration, from controlLoop: EventLoop
  ) async {
    let areDone = await crew.visit(from: controlLoop) { await $0.closeStores(within: limit) }
    crew.assemble([])
    // A loop that something may still come back to is left to the end of the process.
    for (thread, isDone) in zip(threads, areDone) where isDone { thread.stopAndJoin() }
  }
}
