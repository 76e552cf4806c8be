// The tools that load, compare and report, wherever they are installed.
private import Glibc

enum InstalledTool: String, Sendable {
  case wrk, h2load, nginx, psql, pgbench, setpriv
  case redisClient = "redis-cli"
  case redisBenchmark = "redis-benchmark"

  /// Its path.
  func find() throws(BenchmarkError) -> String {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    let usual = ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/usr/local/sbin", "/bin"]
    for directory in path.split(separator: ":").map(String.init) + usual where directory.hasPrefix("/") {
      let candidate = "\(directory)/\(rawValue)"
      if unsafe access(candidate, X_OK) == 0 { return candidate }
    }
    throw .missingTool(name: rawValue, package: debianPackage)
  }

  private var debianPackage: String {
    switch self {
    case .wrk: "wrk"
    case .h2load: "nghttp2-client"
    case .nginx: "nginx-light"
    case .psql: "postgresql-client"
    case .pgbench: "postgresql"
    case .setpriv: "util-linux"
    case .redisClient, .redisBenchmark: "redis-tools"
    }
  }
}
