// What a caller may choose about its private servers. The defaults are those of `points dev`.

/// How and where the private servers run.
package struct EmbeddedOptions: Sendable {
  /// Where data live, and for how long.
  package enum Place: Sendable, Equatable {
    /// Data stay under this directory from one run to the next. It is made when it is missing.
    case kept(directory: String)
    /// A new directory, removed by `stop()`.
    case temporary
  }

  package enum Durability: Sendable, Equatable {
    /// What was committed survives a power cut.
    case full
    /// For tests: survives the death of any process, but not that of the machine.
    case processCrashOnly
  }

  package var place: Place
  package var durability: Durability
  /// Also listen on a free port of 127.0.0.1, behind a random password: a test can put a proxy in between.
  package var listensOnLoopback: Bool
  /// Off for tests that need Redis alone: no cluster is made, and Postgres is never started.
  package var includesPostgres = true
  /// Further lines of redis.conf, such as `maxmemory 1kb`. They come last, so they win.
  package var redisSettings: [String] = []
  /// Further settings of Postgres, such as `shared_buffers=1GB`. They come last, so they win.
  package var postgresSettings: [String] = []
  /// Making a cluster is part of the first start, and so is recovering what 4 GB of log tell; a disk may be
  /// slow. Given up, a recovery would begin anew at the next start.
  package var startLimit: Duration
  /// How long each server may take to stop by itself before it is killed.
  package var stopLimit: Duration

  package init(
    place: Place,
    durability: Durability = .full,
    listensOnLoopback: Bool = false,
    startLimit: Duration = .seconds(300),
    stopLimit: Duration = .seconds(10)
  ) {
    self.place = place
    self.durability = durability
    self.listensOnLoopback = listensOnLoopback
    self.startLimit = startLimit
    self.stopLimit = stopLimit
  }

  /// The choice of a test suite: quick, and gone afterwards.
  package static var forTests: EmbeddedOptions {
    EmbeddedOptions(place: .temporary, durability: .processCrashOnly, startLimit: .seconds(60))
  }
}
