// One private Postgres and Redis for all tests of a process that do no harm to them.
package import EmbeddedServers

package enum SharedServers {
  /// Started by the first who asks, stopped when the process ends.
  package static let outcome = Result { try EmbeddedServers.startUntilExit(.forTests) }
}
