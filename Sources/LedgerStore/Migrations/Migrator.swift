// Brings a database to the schema of this program. All missing migrations are one transaction, so a crash or
// an error leaves the schema as it was; and two processes that migrate at once find each other by a lock, so
// that the second finds nothing left to do.
package import EventLoop
package import PostgresClient

package struct Migrator: Sendable {
  private let migrations: [Migration]
  /// How long somebody else may hold the lock.
  private let lockPatience: Duration

  private static let lockInterval = Duration.milliseconds(100)

  package init(_ migrations: [Migration] = Migration.all, lockPatience: Duration = .seconds(60)) {
    self.migrations = migrations
    self.lockPatience = lockPatience
  }

  /// Connects by itself, as the one who owns the schema.
  package func migrate(
    _ options: PostgresConnectionOptions, on loop: EventLoop
  ) async throws(MigrationError) -> MigrationReport {
    var options = options
    options.migrate()
    let session: PostgresSession
    do throws(PostgresError) {
      session = try await PostgresSession.connect(options, on: loop)
    } catch {
      throw .notReached(error)
    }
    defer { session.close() }
    return try await migrate(on: session)
  }

  /// Applies what is missing. The session must be one of the schema's owner.
  package func migrate(on session: PostgresSession) async throws(MigrationError) -> MigrationReport {
    try await lock(session)
    let outcome: Result<MigrationReport, MigrationError>
    do throws(MigrationError) {
      outcome = .success(try await migrateLocked(session))
    } catch {
      outcome = .failure(error)
    }
    // With a session that broke, the lock is gone too.
    if session.isReady { _ = try? await session.query(ReleaseMigrationLock()) }
    return try outcome.get()
  }

  // MARK: The lock

  /// Asks again and again instead of waiting in Postgres, where the
  /// time-outs of statements would end the wait.
  private func lock(_ session: PostgresSession) async throws(MigrationError) {
    let end = session.loop.now + lockPatience
    while try await !isLocked(session) {
      guard session.loop.now < end, (try? await session.loop.sleep(for: Self.lockInterval)) != nil else {
        throw .locked(waited: lockPatience)
      }
    }
  }

  private func isLocked(_ session: PostgresSession) async throws(MigrationError) -> Bool {
    do throws(PostgresError) {
      return try await session.first(TryMigrationLock()) ?? false
    } catch {
      throw .failed(step: "taking the lock of migrations", error)
    }
  }

  // MARK: Under the lock

  private func migrateLocked(_ session: PostgresSession) async throws(MigrationError) -> MigrationReport {
    guard let missing = try await missingMigrations(session) else {
      return MigrationReport(applied: [], schema: migrations.last?.number ?? 0)
    }
    let end = session.loop.now + lockPatience
    while true {
      do throws(MigrationError) {
        try await apply(missing, on: session)
        return MigrationReport(applied: missing.map(\.name), schema: migrations.last?.number ?? 0)
      } catch {
        guard error.isInTheWay, session.isReady, session.loop.now < end,
          (try? await session.loop.sleep(for: Self.lockInterval)) != nil
        else { throw error }
      }
    }
  }

  private func apply(
    _ missing: [Migration], on session: PostgresSession
  ) async throws(MigrationError) {
    var step = Step.role
    do throws(PostgresError) {
      try await session.transaction { (transaction) async throws(PostgresError) in
        try await transaction.run(script: Script.ensureServiceRole)
        step = .list
        if !missing.isEmpty { try await transaction.run(script: Script.createSchemaMigrations) }
        for migration in missing {
          step = .migration(migration.name)
          try await transaction.run(script: migration.script)
          try await transaction.execute(RecordMigration(migration: migration))
        }
        step = .list
        for migration in missing where migration.worksFrom < migration.number {
          try await transaction.execute(NoteCompatibility(migration: migration))
        }
        step = .grants
        try await transaction.run(script: Script.grantServiceRole)
        step = .commit
      }
    } catch {
      throw failure(error, at: step, session.options.userName)
    }
  }

  /// Nil where a newer release has migrated already, and in a way that suits this one: then there is nothing
  /// to do, and what roles may do is for that release to say.
  private func missingMigrations(
    _ session: PostgresSession
  ) async throws(MigrationError) -> [Migration]? {
    let applied: [AppliedMigration]
    do throws(PostgresError) {
      applied = try await AppliedMigration.all(on: session)
    } catch {
      throw .failed(step: "reading which migrations were applied", error)
    }
    let status = SchemaStatus(applied: applied, known: migrations)
    switch status {
    case .current, .unmigrated, .ungranted: break
    case .overlapping: return nil
    case .newer, .changed: throw .refused(status)
    }
    return migrations.filter { one in !applied.contains { $0.number == one.number } }
  }

  private func failure(_ error: PostgresError, at step: Step, _ login: String?) -> MigrationError {
    if step == .role, case .server(let refusal) = error, refusal.state == .insufficientPrivilege {
      return .roleRefused(login: login, refusal)
    }
    return .failed(step: step.description, error)
  }
}

extension MigrationError {
  /// Whether services that run were in the way of a lock, or we in theirs: then it is tried again, and they
  /// have gone on in between. Who waits for a table keeps all others waiting behind him, so he must not wait
  /// long.
  fileprivate var isInTheWay: Bool {
    guard case .failed(_, let error) = self else { return false }
    return error.state == .deadlockDetected || error.state == .lockNotAvailable
  }
}

/// What the migrator is about, for the person who reads what failed.
private enum Step: Equatable, CustomStringConvertible {
  case role, list, migration(String), grants, commit

  var description: String {
    switch self {
    case .role: "preparing the role \(RestrictedRole.name)"
    case .list: "making the list of migrations"
    case .migration(let name): "the migration \(name)"
    case .grants: "granting the role \(RestrictedRole.name) what it needs"
    case .commit: "committing the migrations"
    }
  }
}

/// What the migrator runs besides the migrations: each does nothing where nothing is to be done.
private enum Script {
  static let createSchemaMigrations = PostgresSQL(
    "create_schema_migrations", PackageResources.create_schema_migrations_sql)
  static let ensureServiceRole = PostgresSQL(
    "ensure_service_role", PackageResources.ensure_service_role_sql)
  static let grantServiceRole = PostgresSQL("grant_service_role", PackageResources.grant_service_role_sql)
}
