// One private Postgres and Redis for all tests of a process. Modules whose tests hurt them run one at a time.
package import EmbeddedServers

package enum SharedServers {
  /// Started by the first who asks, stopped when the process ends. Also on ports, for proxies.
  package static let outcome = Result {
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    return try EmbeddedServers.startUntilExit(options)
  }
}
