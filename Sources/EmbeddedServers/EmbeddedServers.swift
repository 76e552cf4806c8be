// A private Postgres and a private Redis, started from the installed programs and gone with this process,
// however it ends. `points dev` runs on them, and so do the tests.

private import Synchronization

/// Both servers, running. Dropping the last reference stops them too, but `stop()` says when.
package final class EmbeddedServers: Sendable {
  package let postgres: EmbeddedPostgres
  package let redis: EmbeddedRedis
  /// All files of both servers, logs included.
  package let directory: String

  private let home: ServerHome
  /// Nil after `stop()`.
  private let lock: Mutex<DirectoryLock?>

  /// Returns when both take requests. Blocks the thread meanwhile: some milliseconds on data that are there,
  /// a second or two where a cluster must be made.
  package static func start(_ options: EmbeddedOptions) throws(EmbeddedServersError) -> EmbeddedServers {
    try InstalledPrograms.checkSystemTools()
    let home = try ServerHome(place: options.place)
    do {
      let servers = try EmbeddedServers(home: home, options: options)
      try servers.launch(options, deadline: .now + options.startLimit)
      return servers
    } catch {
      if home.isTemporary { try? home.cleanUp() }
      throw error
    }
  }

  private init(home: ServerHome, options: EmbeddedOptions) throws(EmbeddedServersError) {
    self.home = home
    directory = home.directory
    lock = Mutex(try DirectoryLock.take(in: home.directory))
    try home.prepare()
    redis = try EmbeddedRedis(home: home, options: options)
    postgres = try EmbeddedPostgres(home: home, options: options)
  }

  deinit {
    stop()
  }

  /// Stops both, and removes a temporary directory. A second call does nothing.
  package func stop() {
    lock.withLock { held in
      guard held != nil else { return }
      redis.stop()
      postgres.stop()
      // A directory that cannot be removed is litter in /tmp, not a reason for an error.
      try? home.cleanUp()
      held = nil
    }
  }

  private func launch(
    _ options: EmbeddedOptions, deadline: ContinuousClock.Instant
  ) throws(EmbeddedServersError) {
    do {
      if options.includesPostgres { try postgres.launch() }
      try redis.launch()
      if options.includesPostgres { try postgres.waitUntilReady(deadline: deadline) }
      try redis.waitUntilReady(deadline: deadline)
    } catch {
      stop()
      throw error
    }
  }
}
