// What the routes of jobs ask of the table of jobs.
package import EventLoop
package import HTTPServer
package import LedgerStore
import PostgresClient

/// One worker's, used on its loop only.
package final class JobDesk: @unchecked Sendable {
  private static let lookInterval = Duration.milliseconds(200)
  /// Callers that wait at once; further ones are answered as if they did not want to.
  private static let waitersMax = 16
  /// So long before the time for an answer is over, whoever waits is answered.
  private static let margin = Duration.seconds(1)

  private let titles: [JobTitle]
  private let store: JobStore
  private let loop: EventLoop
  private let longestWait: Duration
  private var waiters = 0

  /// `requestTimeout` is how long an answer may take at all.
  package init(_ titles: [JobTitle], store: JobStore, requestTimeout: Duration, on loop: EventLoop) {
    (self.titles, self.store, self.loop) = (titles, store, loop)
    longestWait = max(.zero, requestTimeout - Self.margin)
  }

  /// Of those jobs that this release has, all that some process has entered.
  package func all() async throws(Problem) -> [(JobTitle, JobRecord)] {
    let records = try await read(titles.map(\.name))
    return records.compactMap { record in
      titles.first { $0.name == record.name }.map { ($0, record) }
    }
  }

  package func one(_ name: String) async throws(Problem) -> (JobTitle, JobRecord) {
    let title = try title(name)
    guard let record = try await read([title.name]).first else { throw Self.notEntered }
    return (title, record)
  }

  /// A run that was asked for.
  package struct Run: Sendable {
    package let title: JobTitle
    package let request: Int64
    package let record: JobRecord

    /// Whether it has ended.
    package var isServed: Bool { record.servedRequests >= request }
  }

  package func run(_ name: String, waitingFor wait: Duration) async throws(Problem) -> Run {
    let title = try title(name)
    let request = try await Problem.explaining { () async throws(PostgresError) in
      try await store.request(title.name)
    }
    guard let request else { throw Self.notEntered }
    let mayWait = waiters < Self.waitersMax
    let end = loop.clock.now + (mayWait ? min(wait, longestWait) : .zero)
    waiters += 1
    defer { waiters -= 1 }
    while true {
      let run = Run(title: title, request: request, record: try await one(name).1)
      guard !run.isServed, loop.clock.now < end,
        (try? await loop.sleep(for: Self.lookInterval)) != nil
      else { return run }
    }
  }

  private func title(_ name: String) throws(Problem) -> JobTitle {
    guard let title = titles.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw Problem(.notFound, "There is no such job.")
    }
    return title
  }

  private func read(_ names: [String]) async throws(Problem) -> [JobRecord] {
    try await Problem.explaining { () async throws(PostgresError) in try await store.read(names) }
  }

  /// For the first moments of a new database.
  private static var notEntered: Problem {
    Problem(.unavailable, "No process has entered this job yet.", fields: [.retrySoon])
  }
}
