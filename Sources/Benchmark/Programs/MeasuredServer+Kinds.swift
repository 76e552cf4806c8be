// The servers there are: our service on the private stores, and nginx.
private import EmbeddedServers

extension MeasuredServer {
  /// Our own program, run as anybody would run it.
  static func service(
    on stores: Stores, workers: Int?, settings: [String: String] = [:]
  ) throws(BenchmarkError) -> MeasuredServer {
    let port = try freePort()
    var environment = [
      "POINTS_LISTEN": "127.0.0.1:\(port)",
      "POINTS_DATABASE_URL": stores.servers.postgres.connectionURL,
      "POINTS_REDIS_URL": stores.servers.redis.connectionURL,
      "POINTS_MIGRATE": "on", "POINTS_BENCH_ENDPOINTS": "on",
    ]
    environment["POINTS_WORKERS"] = workers.map(String.init)
    environment.merge(settings) { _, given in given }
    return try MeasuredServer(
      "points serve", command: [OwnProgram.path(), "serve"], environment: environment, port: port)
  }

  /// nginx with one worker that answers what the service does.
  static func nginx(
    answering answer: HTTPAnswer, in directory: borrowing TemporaryDirectory
  ) throws(BenchmarkError) -> MeasuredServer {
    let port = try freePort()
    let configuration = NginxConfiguration(directory: directory.path, port: port, answer: answer)
    let file = "\(directory.path)/nginx.conf"
    try TextFile.write(Array(configuration.text.utf8), to: file)
    let command = [try InstalledTool.nginx.find(), "-p", directory.path, "-e", "stderr", "-c", file]
    return try MeasuredServer("nginx", command: command, port: port)
  }

  private static func freePort() throws(BenchmarkError) -> UInt16 {
    do throws(EmbeddedServersError) {
      return try LoopbackPort.choose()
    } catch {
      throw .servers(error)
    }
  }
}
