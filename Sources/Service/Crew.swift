// All workers of a process, for the few things that concern them together.
import API
import EventLoop
import HTTPServer
import Synchronization

/// The workers, known once all have started. Each is visited on its own loop.
final class Crew: Sendable {
  private let members = Mutex<[Worker]>([])
  private let door = Mutex<HTTPServer?>(nil)
  private let log: LineWriter

  init(log: LineWriter) {
    self.log = log
  }

  func assemble(_ workers: [Worker]) {
    members.withLock { $0 = workers }
  }

  /// Tells which server gives the workers their connections.
  func work(behind server: HTTPServer) {
    door.withLock { $0 = server }
  }

  var workers: [Worker] {
    members.withLock { $0 }
  }

  /// What the whole process has to tell, for a task of the loop given.
  func report(to loop: EventLoop) async -> ProcessReport {
    let workers = await visit(from: loop) { $0.report() }
    return ProcessReport(
      workers: workers, refusedConnections: door.withLock { $0?.refusedConnections ?? 0 },
      droppedLogLines: log.droppedLines)
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
