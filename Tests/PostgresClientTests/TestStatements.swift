// The statements of these tests, one type for each file.
import PostgresClient

struct AskNumber: PostgresStatement {
  static let sql = PostgresSQL("ask_number", PackageResources.ask_number_sql)
  static let isReadOnly = true
  var number: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct AskNumberAlone: PostgresStatement {
  static let sql = PostgresSQL("ask_number_locked", PackageResources.ask_number_locked_sql)
  var number: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct Divide: PostgresStatement {
  static let sql = PostgresSQL("divide", PackageResources.divide_sql)
  var divisor: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(divisor)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

struct DivideShared: PostgresStatement {
  static let sql = PostgresSQL("divide_shared", PackageResources.divide_shared_sql)
  static let isReadOnly = true
  var divisor: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(divisor)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

struct Sleep: PostgresStatement {
  static let sql = PostgresSQL("sleep", PackageResources.sleep_sql)
  var seconds: Double

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(seconds)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int {
    row.columnCount
  }
}

struct CreateItems: PostgresStatement {
  static let sql = PostgresSQL("create_items", PackageResources.create_items_sql)
}

struct InsertItem: PostgresStatement {
  static let sql = PostgresSQL("insert_item", PackageResources.insert_item_sql)
  var id: Int64
  var note: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(note)
  }
}

struct FindItems: PostgresStatement {
  static let sql = PostgresSQL("find_items", PackageResources.find_items_sql)
  static let isReadOnly = true
  var ids: [Int64]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(ids)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct CreateDeferred: PostgresStatement {
  static let sql = PostgresSQL("create_deferred", PackageResources.create_deferred_sql)
}

struct InsertDeferred: PostgresStatement {
  static let sql = PostgresSQL("insert_deferred", PackageResources.insert_deferred_sql)
  var id: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id)
  }
}

struct CreateCopied: PostgresStatement {
  static let sql = PostgresSQL("create_copied", PackageResources.create_copied_sql)
}

struct TruncateCopied: PostgresStatement {
  static let sql = PostgresSQL("truncate_copied", PackageResources.truncate_copied_sql)
}

struct TerminateOne: PostgresStatement {
  static let sql = PostgresSQL("terminate_one", PackageResources.terminate_one_sql)
  var application: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(application)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct TerminateAll: PostgresStatement {
  static let sql = PostgresSQL("terminate_all", PackageResources.terminate_all_sql)
  var application: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(application)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct BackendPID: PostgresStatement {
  static let sql = PostgresSQL("backend_pid", PackageResources.backend_pid_sql)
  static let isReadOnly = true

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

struct RaiseNotice: PostgresStatement {
  static let sql = PostgresSQL("raise_notice", PackageResources.raise_notice_sql)
}

struct DeallocateAll: PostgresStatement {
  static let sql = PostgresSQL("deallocate_all", PackageResources.deallocate_all_sql)
}

struct CreateShape: PostgresStatement {
  static let sql = PostgresSQL("create_shape", PackageResources.create_shape_sql)
}

struct WidenShape: PostgresStatement {
  static let sql = PostgresSQL("widen_shape", PackageResources.widen_shape_sql)
}

struct InsertShape: PostgresStatement {
  static let sql = PostgresSQL("insert_shape", PackageResources.insert_shape_sql)
}

struct SelectShape: PostgresStatement {
  static let sql = PostgresSQL("select_shape", PackageResources.select_shape_sql)
  static let isReadOnly = true

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int {
    row.columnCount
  }
}

struct Setting: PostgresStatement {
  static let sql = PostgresSQL("setting", PackageResources.setting_sql)
  static let isReadOnly = true
  var name: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> String {
    try row.value(0)
  }
}

struct Misspelt: PostgresStatement {
  static let sql = PostgresSQL("misspelt", PackageResources.misspelt_sql)
}

struct SumCopied: PostgresStatement {
  static let sql = PostgresSQL("sum_copied", PackageResources.sum_copied_sql)

  struct Row: Equatable {
    var count: Int64
    var sum: Int64
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(count: try row.value(0), sum: try row.value(1))
  }
}

struct CountUnnested: PostgresStatement {
  struct Leg {
    var amount: Int64
    var note: String?
  }

  static let sql = PostgresSQL("count_unnested", PackageResources.count_unnested_sql)
  var legs: [Leg]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: legs) { $0.amount }
    parameters.append(nullableColumn: legs) { $0.note }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SumCopied.Row {
    SumCopied.Row(count: try row.value(0), sum: try row.value(1))
  }
}

struct CopyIn: PostgresCopy {
  static let sql = PostgresSQL("copy_in", PackageResources.copy_in_sql)
}

struct CopyOut: PostgresCopy {
  static let sql = PostgresSQL("copy_out", PackageResources.copy_out_sql)
}

struct CopyOutForever: PostgresCopy {
  static let sql = PostgresSQL("copy_out_forever", PackageResources.copy_out_forever_sql)
}

struct CopyFromNowhere: PostgresCopy {
  static let sql = PostgresSQL("copy_from_nowhere", PackageResources.copy_from_nowhere_sql)
}
