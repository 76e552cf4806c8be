// One of each type, to the server and back.
import PostgresClient

/// A value of every type, or NULL.
struct Scalars: Equatable, Sendable {
  var bool: Bool?
  var int2: Int16?
  var int4: Int32?
  var int8: Int64?
  var float8: Double?
  var text: String?
  var bytea: PostgresBytes?
  var uuid: PostgresUUID?
  var timestamptz: PostgresTimestamp?
  var jsonb: PostgresJSON?
}

struct EchoScalars: PostgresStatement {
  static let sql = PostgresSQL("echo_scalars", PackageResources.echo_scalars_sql)
  var scalars: Scalars

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(scalars.bool)
    parameters.append(scalars.int2)
    parameters.append(scalars.int4)
    parameters.append(scalars.int8)
    parameters.append(scalars.float8)
    parameters.append(scalars.text)
    parameters.append(scalars.bytea)
    parameters.append(scalars.uuid)
    parameters.append(scalars.timestamptz)
    parameters.append(scalars.jsonb)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Scalars {
    Scalars(
      bool: try row.optional(0),
      int2: try row.optional(1),
      int4: try row.optional(2),
      int8: try row.optional(3),
      float8: try row.optional(4),
      text: try row.optional(5),
      bytea: try row.optional(6),
      uuid: try row.optional(7),
      timestamptz: try row.optional(8),
      jsonb: try row.optional(9))
  }
}

/// An array of every type.
struct Arrays: Equatable, Sendable {
  var bool: [Bool?] = []
  var int2: [Int16?] = []
  var int4: [Int32?] = []
  var int8: [Int64?] = []
  var float8: [Double?] = []
  var text: [String?] = []
  var bytea: [PostgresBytes?] = []
  var uuid: [PostgresUUID?] = []
  var timestamptz: [PostgresTimestamp?] = []
  var jsonb: [PostgresJSON?] = []
}

struct EchoArrays: PostgresStatement {
  static let sql = PostgresSQL("echo_arrays", PackageResources.echo_arrays_sql)
  var arrays: Arrays

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(arrays.bool)
    parameters.append(arrays.int2)
    parameters.append(arrays.int4)
    parameters.append(arrays.int8)
    parameters.append(arrays.float8)
    parameters.append(arrays.text)
    parameters.append(arrays.bytea)
    parameters.append(arrays.uuid)
    parameters.append(arrays.timestamptz)
    parameters.append(arrays.jsonb)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Arrays {
    Arrays(
      bool: try row.nullableArray(0),
      int2: try row.nullableArray(1),
      int4: try row.nullableArray(2),
      int8: try row.nullableArray(3),
      float8: try row.nullableArray(4),
      text: try row.nullableArray(5),
      bytea: try row.nullableArray(6),
      uuid: try row.nullableArray(7),
      timestamptz: try row.nullableArray(8),
      jsonb: try row.nullableArray(9))
  }
}

/// A row with a field of several types, any of which may be NULL.
struct MixedRow: Equatable, Sendable {
  var id: PostgresUUID?
  var place: PostgresRowPlace?
  var note: String?
  var amount: Int64?
  var parts: [Int64]? = []
  var at: PostgresTimestamp?
}

struct CreateMixedRow: PostgresStatement {
  static let sql = PostgresSQL("create_mixed_row", PackageResources.create_mixed_row_sql)
}

struct EchoMixedRows: PostgresStatement {
  static let sql = PostgresSQL("echo_mixed_rows", PackageResources.echo_mixed_rows_sql)
  var rows: [MixedRow]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(rows: rows) { row, fields in
      fields.append(row.id)
      fields.append(row.place)
      fields.append(row.note)
      fields.append(row.amount)
      fields.append(row.parts)
      fields.append(row.at)
    }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> MixedRow {
    let parts: [Int64] = try row.array(4)
    return MixedRow(
      id: try row.optional(0), place: try row.optional(1), note: try row.optional(2),
      amount: try row.optional(3), parts: parts == [-1] ? nil : parts, at: try row.optional(5))
  }
}
