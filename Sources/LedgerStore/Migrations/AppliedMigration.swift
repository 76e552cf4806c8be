// The list of migrations in the database.
package import Cryptography
import PostgresClient

/// A migration that the database has.
package struct AppliedMigration: Sendable, Equatable {
  package let number: Int32
  package let name: String
  package let checksum: Digest
  /// The last migration that a program must know to work with this one.
  package let worksFrom: Int32

  package init(number: Int32, name: String, checksum: Digest, worksFrom: Int32? = nil) {
    self.number = number
    self.name = name
    self.checksum = checksum
    self.worksFrom = worksFrom ?? number
  }

  /// None where there is no list yet.
  static func all(on session: PostgresSession) async throws(PostgresError) -> [AppliedMigration] {
    do throws(PostgresError) {
      return try await session.query(ListAppliedMigrations())
    } catch {
      guard error.state == .undefinedTable else { throw error }
      return []
    }
  }
}

struct ListAppliedMigrations: PostgresStatement {
  static let sql = PostgresSQL("list_applied_migrations", PackageResources.list_applied_migrations_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> AppliedMigration {
    let bytes: PostgresBytes = try row.value(2)
    guard let checksum = Digest(bytes: bytes.bytes) else {
      throw PostgresDecodingError(column: 2, failure: .wrongLength(bytes.bytes.count))
    }
    return AppliedMigration(
      number: try row.value(0), name: try row.value(1), checksum: checksum, worksFrom: try row.optional(3))
  }
}

struct RecordMigration: PostgresStatement {
  static let sql = PostgresSQL("record_migration", PackageResources.record_migration_sql)

  let migration: Migration

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(migration.number)
    parameters.append(migration.name)
    parameters.append(PostgresBytes(migration.checksum.bytes))
  }
}

/// A statement of its own: the column is younger than the first migrations.
struct NoteCompatibility: PostgresStatement {
  static let sql = PostgresSQL("note_compatibility", PackageResources.note_compatibility_sql)

  let migration: Migration

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(migration.number)
    parameters.append(migration.worksFrom)
  }
}
