// All workers of a process, for the few things that concern them together.
import API
import EventLoop
import Synchronization

/// The workers, known once all have started. Each is visited on its own loop.
final class Crew: Sendable {
  private let members = Mutex<[Worker]>([])

  func assemble(_ workers: [Worker]) {
    members.withLock { $0 = workers }
  }

  var workers: [Worker] {
    members.withLock { $0 }
  }

  /// Every worker's report, for a task of the loop given.
  func reports(to loop: EventLoop) async -> [WorkerReport] {
    await visit(from: loop) { $0.report() }
  }

  /// Visits every worker on its loop, all at once, and brings back what each visit found.
  func visit<Finding: Sendable>(
    from loop: EventLoop, _ visit: @escaping @Sendable (Worker) async -> Finding
  ) async -> [Finding] {
    let pending = workers.map { worker in
      let finding = OneShot<Finding>()
      worker.loop.post {
        worker.loop.spawn {
          let found = await visit(worker)
          loop.post { finding.fulfil(found) }
        }
      }
      return finding
    }
    var findings: [Finding] = []
    for finding in pending { findings.append(await finding.value()) }
    return findings
  }
}
