// What did not take effect of a posting that is decided leg by leg.
import Ledger
import PostgresClient

struct RefusedLeg {
  let posting: PostingID
  let refusal: Refusal
}

struct InsertRefusedLegs: PostgresStatement {
  static let sql = PostgresSQL("insert_refused_legs", PackageResources.insert_refused_legs_sql)

  let rows: [RefusedLeg]
  let now: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(rows: rows) { row, fields in
      fields.append(row.posting.postgres)
      fields.append(Int16(clamping: row.refusal.leg))
      fields.append(row.refusal.storedName)
      fields.append(row.refusal.storedFigures)
      fields.append(now.postgres)
    }
  }
}
