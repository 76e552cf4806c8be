// The routes of jobs: how each stands, and a run of one now. A run is only asked for; whichever process gets
// the job's lease does it. So the answer does not wait for it, unless the caller does.
import HTTPServer
import JSON
import LedgerStore
import PostgresClient

package enum JobRoutes {
  /// How long a caller may wait for a run, in seconds.
  private static let waitMax: Int64 = 30

  package static func add(to routes: inout GuardedRoutes, desk: JobDesk) {
    routes.on(
      .get, "/points/jobs", for: .admin,
      handler: { exchange, _ throws(Problem) in
        try QueryReader(exchange).finish()
        let jobs = try await desk.all()
        var json = JSONWriter(reservingCapacity: 64 + 768 * jobs.count)
        json.object {
          $0.arrayField("jobs") { for (title, record) in jobs { $0.job(title, record) } }
        }
        return .json(json.finish())
      })
    routes.on(
      .get, "/points/jobs/{name}", for: .admin,
      handler: { exchange, _ throws(Problem) in
        try QueryReader(exchange).finish()
        let (title, record) = try await desk.one(try exchange.path("name"))
        var json = JSONWriter(reservingCapacity: 768)
        json.job(title, record)
        return .json(json.finish())
      })
    routes.on(
      .post, "/points/jobs/{name}/run", for: .admin,
      handler: { exchange, _ throws(Problem) in
        var query = QueryReader(exchange)
        let wait = try query.integer("wait", in: 0...waitMax, otherwise: 0)
        try query.finish()
        return response(try await desk.run(try exchange.path("name"), waitingFor: .seconds(wait)))
      })
  }

  /// 200 with what came of the run, or 202 and where to look for it.
  private static func response(_ run: JobDesk.Run) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 768)
    json.object {
      $0.field("request", run.request)
      $0.field("served", run.isServed)
      $0.key("job")
      $0.job(run.title, run.record)
    }
    return .json(json.finish(), status: run.isServed ? .ok : .accepted)
  }
}
