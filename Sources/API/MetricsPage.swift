// Everything a process tells about itself, family by family.
import EventLoop
import HTTPServer
import PostgresClient
import RedisClient

/// One page of metrics.
struct MetricsPage {
  let process: ProcessReport
  /// Names of the routes, in the order of the HTTP counters; the last is for paths that match none.
  let routes: [String]

  var reports: [WorkerReport] { process.workers }

  func encoded() -> [UInt8] {
    var text = MetricsText()
    addHTTP(to: &text)
    addProcess(to: &text)
    addLoops(to: &text)
    addRedis(to: &text)
    addPostgres(to: &text)
    addLedger(to: &text)
    addMirrors(to: &text)
    addLive(to: &text)
    addVerifier(to: &text)
    addJobs(to: &text)
    addSnapshots(to: &text)
    addPayouts(to: &text)
    return text.bytes
  }

  // MARK: HTTP

  private func addHTTP(to text: inout MetricsText) {
    var total = HTTPCounters(routes: routes.count - 1)
    for report in reports { total.add(report.http) }
    text.family("points_http_requests_total", .counter, "Requests answered.", requestSamples(total))
    text.histogram(
      "points_http_request_duration_seconds", "From the end of a request's head to its answer.",
      total.routes.enumerated().map { (label(route: $0.offset), $0.element.latency) })
    text.family(
      "points_http_connections", .gauge, "Client connections open now.",
      perWorker { Double($0.openConnections) })
    text.family(
      "points_http_connections_accepted_total", .counter, "Client connections accepted.",
      perWorker { Double($0.http.acceptedConnections) })
    text.family(
      "points_http_slow_clients_total", .counter, "Connections cut because their client was too slow.",
      [
        ("direction=\"sending\"", Double(total.slowSenders)),
        ("direction=\"reading\"", Double(total.slowReaders)),
      ])
  }

  private func addProcess(to text: inout MetricsText) {
    text.family(
      "points_http_connections_refused_total", .counter, "Connections turned away by a full server.",
      [("", Double(process.refusedConnections))])
    text.family(
      "points_log_lines_dropped_total", .counter, "Log lines that nobody read in time.",
      [("", Double(process.droppedLogLines))])
  }

  private func requestSamples(_ total: HTTPCounters) -> [MetricsText.Sample] {
    var samples: [MetricsText.Sample] = []
    for (index, route) in total.routes.enumerated() {
      for digit in 1...5 where route.answers[digit - 1] > 0 {
        samples.append(("\(label(route: index)),status=\"\(digit)xx\"", Double(route.answers[digit - 1])))
      }
    }
    return samples
  }

  private func label(route index: Int) -> String {
    "route=\"\(routes[index])\""
  }

  // MARK: Loops

  private func addLoops(to text: inout MetricsText) {
    text.family(
      "points_loop_turns_total", .counter, "Turns of the worker's loop.", perWorker { Double($0.loop.turns) })
    text.family(
      "points_loop_busy_seconds_total", .counter, "Time the worker's loop spent working.",
      perWorker { Double($0.loop.busyNanoseconds) / 1e9 })
    text.family(
      "points_loop_lag_max_seconds", .gauge, "The longest turn so far: what the unluckiest waited.",
      perWorker { Double($0.loop.longestTurnNanoseconds) / 1e9 })
    text.family(
      "points_loop_tasks", .gauge, "Background tasks of the worker.", perWorker { Double($0.runningTasks) })
  }

  // MARK: Redis

  private func addRedis(to text: inout MetricsText) {
    text.family(
      "points_redis_up", .gauge, "Whether the worker's connection to Redis serves.",
      perWorker { $0.redis.isReady ? 1 : 0 })
    text.family(
      "points_redis_commands_total", .counter, "Commands sent to Redis.",
      perWorker { Double($0.redis.counters.commands) })
    text.family(
      "points_redis_round_trips_total", .counter, "Writes to Redis; commands of one turn share one.",
      perWorker { Double($0.redis.counters.flushes) })
    text.histogram(
      "points_redis_duration_seconds", "From sending a command to its reply.", total(\.redis.latency))
    text.family(
      "points_redis_in_flight", .gauge, "Commands whose reply is owed.",
      perWorker { Double($0.redis.inFlight) })
    text.family(
      "points_redis_timeouts_total", .counter, "Commands given up at their deadline.",
      perWorker { Double($0.redis.counters.timeouts) })
    text.family(
      "points_redis_refusals_total", .counter, "Commands not sent: no connection, breaker open, too many.",
      perWorker { Double($0.redis.counters.refusals) })
    text.family(
      "points_redis_connections_total", .counter, "Connections made to Redis.",
      perWorker { Double($0.redis.counters.connections) })
  }

  // MARK: Postgres

  private func addPostgres(to text: inout MetricsText) {
    text.family(
      "points_postgres_sessions", .gauge, "Connections to Postgres that serve.",
      perWorker { Double($0.postgres.sessions) })
    text.family(
      "points_postgres_statements_total", .counter, "Statements sent to Postgres.",
      perWorker { Double($0.postgres.statements) })
    text.family(
      "points_postgres_round_trips_total", .counter,
      "Units of work answered; several statements may share one.",
      perWorker { Double($0.postgres.roundTrips) })
    text.histogram(
      "points_postgres_duration_seconds", "From being given a connection to the answer of a statement.",
      total(\.postgresLatency))
    text.family(
      "points_postgres_in_flight", .gauge, "Answers that Postgres owes.",
      perWorker { Double($0.postgres.answersInFlight) })
    text.family(
      "points_postgres_waiting", .gauge, "Callers that wait for a connection.",
      perWorker { Double($0.postgres.waiting) })
    text.family(
      "points_postgres_refusals_total", .counter, "Callers that waited for a connection in vain.",
      perWorker { Double($0.postgres.refusals) })
    text.family(
      "points_postgres_connections_total", .counter, "Attempts to connect to Postgres.",
      perWorker { Double($0.postgres.connects) })
    text.family(
      "points_postgres_connection_losses_total", .counter, "Connections that ended unasked.",
      perWorker { Double($0.postgres.losses) })
  }

  private func total(
    _ latency: (WorkerReport) -> LatencyHistogram
  ) -> [(labels: String, LatencyHistogram)] {
    var sum = LatencyHistogram()
    for report in reports { sum.add(latency(report)) }
    return [("", sum)]
  }

  func perWorker(_ value: (WorkerReport) -> Double) -> [MetricsText.Sample] {
    reports.map { ("worker=\"\($0.worker)\"", value($0)) }
  }
}
