// A payout as it is planned: its row, what it comes to, its lines and its postings.
import Cryptography
import Ledger
import PostgresClient
import Rewards

struct InsertDistribution: PostgresStatement {
  static let sql = PostgresSQL("insert_distribution", PackageResources.insert_distribution_sql)

  let id: DistributionID
  let snapshot: Snapshot
  let plan: PayoutPlan
  let terms: DistributionStore.Terms
  let asked: (service: ServiceID, name: String)
  /// Why there is nothing to be paid.
  var failure: String?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(snapshot.id.postgres)
    parameters.append(terms.at.postgres)
    parameters.append(terms.terms.ties.rawValue)
    parameters.append(terms.needsApproval)
    parameters.append(plan.isCorrection)
    parameters.append(Int32(clamping: plan.winners))
    parameters.append(Int32(clamping: plan.legs.count))
    parameters.append(Int32(clamping: plan.tiedScores))
    parameters.append(Int32(clamping: plan.tiedUsers))
    parameters.append(PostgresBytes(plan.hash.bytes))
    parameters.append(phase.rawValue)
    parameters.append(failure)
    parameters.append(asked.service.postgres)
    parameters.append(asked.name)
  }

  private var phase: Distribution.Phase {
    guard failure == nil else { return .failed }
    return terms.needsApproval ? .waiting : .paying
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

struct InsertDistributionSums: PostgresStatement {
  static let sql = PostgresSQL("insert_distribution_sums", PackageResources.insert_distribution_sums_sql)

  let number: Int32
  let sums: [PayoutSum]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(column: sums) { $0.pointType.postgres }
    parameters.append(column: sums) { "\($0.given)" }
    parameters.append(column: sums) { "\($0.taken)" }
    parameters.append(nullableColumn: sums) { $0.budget }
  }
}

struct InsertDistributionLegs: PostgresStatement {
  static let sql = PostgresSQL("insert_distribution_legs", PackageResources.insert_distribution_legs_sql)

  let number: Int32
  let firstLeg: Int32
  let legs: ArraySlice<PayoutLeg>

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(firstLeg)
    parameters.append(column: legs) { $0.user.text }
    parameters.append(column: legs) { $0.pointType.postgres }
    parameters.append(column: legs) { $0.amount }
    parameters.append(nullableColumn: legs) { $0.rule?.postgres }
    parameters.append(nullableColumn: legs) { leg -> PostgresUUID? in
      guard case .takeBack(let original) = leg.change else { return nil }
      return original.postgres
    }
    parameters.append(nullableColumn: legs) { $0.standing?.place }
    parameters.append(nullableColumn: legs) { $0.standing?.rank }
  }
}

struct InsertDistributionChunks: PostgresStatement {
  static let sql = PostgresSQL("insert_distribution_chunks", PackageResources.insert_distribution_chunks_sql)

  let number: Int32
  let chunks: [PayoutChunk]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(column: chunks) { $0.posting.postgres }
    parameters.append(column: chunks) { $0.chunk }
    parameters.append(column: chunks) { $0.legs.lowerBound }
    parameters.append(column: chunks) { $0.legs.upperBound }
    parameters.append(column: chunks) { $0.attempt }
  }
}
