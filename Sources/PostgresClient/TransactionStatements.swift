// The three statements that a transaction is made of.

struct BeginTransaction: PostgresStatement {
  static let sql = PostgresSQL("begin", PackageResources.begin_sql)
}

struct CommitTransaction: PostgresStatement {
  static let sql = PostgresSQL("commit", PackageResources.commit_sql)
}

struct RollBackTransaction: PostgresStatement {
  static let sql = PostgresSQL("roll_back", PackageResources.roll_back_sql)
}
