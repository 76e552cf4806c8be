// A report as a table, for whoever keeps the books: one record for the payout, one for each line, one for
// each sum, and the signature. All records have the same columns, and leave empty what is not theirs.
import Cryptography
import Ledger
import LedgerStore
import Rewards

struct ReportTable: ReportFormat {
  static let contentType: StaticString = "text/csv; charset=utf-8; header=present"
  static let fileExtension = "csv"

  private static let ofAll = ["record", "distributionId", "board", "category", "period"]
  private static let ofLines = [
    "leg", "userId", "pointType", "change", "amount", "posted", "outstanding", "state", "refusal", "rank",
    "place", "score", "ruleId", "ruleName", "ruleRevision", "takesBack", "transactionIds", "postedAt",
  ]
  private static let ofSums = ["lines", "refusedLines"]
  private static let ofPayout = [
    "snapshotId", "snapshotDigest", "snapshotRevision", "asOf", "rulesAt", "ties", "hash", "isCorrection",
    "winners", "phase", "reason", "plannedAt", "plannedBy", "decidedAt", "decidedBy", "executedAt",
  ]
  private static let ofSeal = ["keyId", "publicKey", "sha256", "signature"]
  private static let columns = ofAll + ofLines + ofSums + ofPayout + ofSeal

  func beginning(_ head: ReportHead) -> [UInt8] {
    var csv = CSVWriter()
    csv.line(Self.columns)
    var payout = Self.common("payout", head) + Self.none(Self.ofLines)
    payout += ["\(head.distribution.legs)", nil]
    payout += Self.payout(head)
    csv.line(payout + Self.none(Self.ofSeal))
    return csv.take()
  }

  private static func payout(_ head: ReportHead) -> [String?] {
    let (payout, plan) = (head.distribution, head.snapshot.plan)
    return [
      plan.id.description, head.snapshot.contents.map { Hexadecimal.text(of: $0.digest.bytes) },
      "\(plan.revision)", plan.asOf?.rfc3339, payout.rulesAt.rfc3339, payout.ties.rawValue,
      Hexadecimal.text(of: payout.hash.bytes), "\(payout.isCorrection)", "\(payout.winners)",
      payout.phase.rawValue, payout.reason, payout.planned.at.rfc3339, payout.planned.name,
      payout.decided?.at.rfc3339, payout.decided?.name, payout.executedAt?.rfc3339,
    ]
  }

  func lines(_ legs: [ReportedLeg], _ head: ReportHead, isFirst: Bool) -> [UInt8] {
    var csv = CSVWriter()
    let common = Self.common("line", head)
    let rest = Self.none(Self.ofSums + Self.ofPayout + Self.ofSeal)
    for leg in legs { csv.line(common + Self.cells(of: leg, head) + rest) }
    return csv.take()
  }

  private static func cells(of reported: ReportedLeg, _ head: ReportHead) -> [String?] {
    let leg = reported.line.leg
    let rule = head.rule(of: leg)
    var cells: [String?] = [
      "\(reported.line.number)", leg.user.text, head.types.name(of: leg.pointType),
      leg.change == .give ? "give" : "takeBack", "\(leg.amount)", "\(reported.effective)",
      "\(reported.outstanding)", reported.state.rawValue, reported.refusal?.storedName,
    ]
    cells += [
      leg.standing.map { "\($0.rank)" }, leg.standing.map { "\($0.place)" },
      reported.score.map { "\($0)" }, leg.rule?.description, rule?.traits.name,
      rule.map { "\($0.revision)" }, reported.takesBack?.description,
    ]
    cells += [
      reported.transactions.map(\.description).joined(separator: " "), reported.postedAt?.rfc3339,
    ]
    return cells
  }

  func ending(_ tally: ReportTally, _ head: ReportHead) -> [UInt8] {
    var csv = CSVWriter()
    let common = Self.common("sum", head)
    let rest = Self.none(Self.ofPayout + Self.ofSeal)
    for sum in tally.inOrder {
      var cells: [String?] = [
        nil, nil, head.types.name(of: sum.pointType), sum.isGiven ? "give" : "takeBack", "\(sum.amount)",
        "\(sum.posted)", "\(sum.outstanding)",
      ]
      cells += Self.none(Self.ofLines.dropFirst(cells.count))
      cells += ["\(sum.lines)", "\(sum.refusedLines)"]
      csv.line(common + cells + rest)
    }
    return csv.take()
  }

  func line(of seal: ReportSeal) -> [UInt8] { seal.record(columns: Self.columns.count) }

  private static func common(_ record: String, _ head: ReportHead) -> [String?] {
    let board = head.distribution.board
    return [
      record, head.distribution.id.description, board.name, board.category.isEmpty ? nil : board.category,
      head.distribution.period?.label,
    ]
  }

  private static func none(_ columns: some Collection<String>) -> [String?] {
    Array(repeating: nil, count: columns.count)
  }
}
