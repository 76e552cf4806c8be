// Jobs from the command line: listed from the table that all processes share, and asked for there. The run
// itself is done by a service.
import Configuration
package import EventLoop
import Jobs
package import LedgerStore
import PostgresClient

package struct JobConsole: Sendable {
  /// Why it ended early, as a sentence.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private static let interval = Duration.milliseconds(250)
  /// So long a request may lie there before somebody must have taken it up.
  private static let patience = Duration.seconds(15)

  private let plan: ServicePlan

  package init(_ plan: ServicePlan) {
    self.plan = plan
  }

  package func list(on loop: EventLoop) async throws(Failure) -> [JobRecord] {
    try await opening(on: loop) { store throws(PostgresError) in
      .success(try await store.read(ServiceJobs.all.map(\.title.name)))
    }
  }

  /// Asks for a run, and waits for its end while `progress` is told how far it is.
  package func run(
    _ name: String, on loop: EventLoop, progress: @escaping @Sendable (JobSteps) -> Void
  ) async throws(Failure) -> FinishedJob {
    try await opening(on: loop) { store throws(PostgresError) in
      guard ServiceJobs.all.contains(where: { $0.title.name.utf8.elementsEqual(name.utf8) }),
        let request = try await store.request(name)
      else { return .failure(Failure(description: "there is no job \(name); points jobs lists them")) }
      var end = loop.clock.now + Self.patience
      while let record = try await store.read([name]).first {
        if record.servedRequests >= request, let last = record.last { return .success(last) }
        if record.isRunning {
          if let steps = record.progress { progress(steps) }
          end = loop.clock.now + Self.patience
        }
        guard loop.clock.now < end, (try? await loop.sleep(for: Self.interval)) != nil else { break }
      }
      return .failure(
        Failure(description: "no service has taken it up; it will run as soon as one is there"))
    }
  }

  private func opening<Value: Sendable>(
    on loop: EventLoop, _ body: (JobStore) async throws(PostgresError) -> Result<Value, Failure>
  ) async throws(Failure) -> Value {
    let pool = PostgresPool(plan.postgresOptions, plan.poolOptions, on: loop)
    loop.spawn { await pool.run() }
    var outcome: Result<Value, Failure>
    do throws(PostgresError) {
      outcome = try await body(JobStore(pool: pool))
    } catch {
      outcome = .failure(Failure(description: "\(error)"))
    }
    await pool.close(within: .seconds(1))
    return try outcome.get()
  }
}
