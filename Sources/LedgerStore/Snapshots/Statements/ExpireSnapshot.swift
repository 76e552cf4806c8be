// How long snapshots are kept, and what happens when that time is over.
import Ledger
import PostgresClient

struct KeepSnapshot: PostgresStatement {
  static let sql = PostgresSQL("keep_snapshot", PackageResources.keep_snapshot_sql)

  let id: SnapshotID
  let until: Instant?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(until?.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotNumber {
    SnapshotNumber(try row.value(0))
  }
}

struct ExpireSnapshot: PostgresStatement {
  static let sql = PostgresSQL("expire_snapshot", PackageResources.expire_snapshot_sql)

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotNumber {
    SnapshotNumber(try row.value(0))
  }
}

struct DeleteEntries: PostgresStatement {
  static let sql = PostgresSQL("delete_entries", PackageResources.delete_entries_sql)

  let number: SnapshotNumber
  let limit: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
    parameters.append(limit)
  }
}

struct DeleteSnapshotUsers: PostgresStatement {
  static let sql = PostgresSQL("delete_snapshot_users", PackageResources.delete_snapshot_users_sql)

  let number: SnapshotNumber

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
  }
}

struct NoteRemoval: PostgresStatement {
  static let sql = PostgresSQL("note_removal", PackageResources.note_removal_sql)

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }
}

struct AnnounceCloses: PostgresStatement {
  static let sql = PostgresSQL("announce_closes", PackageResources.announce_closes_sql)

  let days: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(days)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotNumber {
    SnapshotNumber(try row.value(0))
  }
}
