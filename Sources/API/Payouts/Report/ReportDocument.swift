// A report as one JSON document, for programs. Each line of the payout is a line of the file, and the
// signature is the last one, so that it can be cut off as that of a table.
import Cryptography
import JSON
import Ledger
import LedgerStore
import Rewards

struct ReportDocument: ReportFormat {
  static let contentType: StaticString = "application/json"
  static let fileExtension = "json"

  func beginning(_ head: ReportHead) -> [UInt8] {
    var bytes = Array("{\"report\":\"\(ReportHead.format)\",\n\"distribution\":".utf8)
    var payout = JSONWriter(reservingCapacity: 2_048)
    payout.distribution(head.distribution, head.sums, head.types)
    bytes += payout.finish()
    bytes += Array(",\n\"snapshot\":".utf8)
    var ranks = JSONWriter(reservingCapacity: 1_024)
    ranks.ranks(of: head.snapshot)
    bytes += ranks.finish()
    bytes += Array(",\n\"lines\":[".utf8)
    return bytes
  }

  func lines(_ legs: [ReportedLeg], _ head: ReportHead, isFirst: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(640 * legs.count)
    for (index, leg) in legs.enumerated() {
      if !isFirst || index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\n"))
      var json = JSONWriter(reservingCapacity: 640)
      json.reported(leg, head.rule(of: leg.line.leg), head.types)
      bytes += json.finish()
    }
    return bytes
  }

  func ending(_ tally: ReportTally, _ head: ReportHead) -> [UInt8] {
    var json = JSONWriter(reservingCapacity: 1_024)
    json.array { for sum in tally.inOrder { $0.reported(sum, head.types) } }
    return Array("],\n\"sums\":".utf8) + json.finish() + [UInt8(ascii: "\n")]
  }

  func line(of seal: ReportSeal) -> [UInt8] { seal.document }
}

extension JSONWriter {
  /// What of the snapshot never changes; only its entries may be removed one day, and scores with them.
  fileprivate mutating func ranks(of snapshot: Snapshot) {
    let plan = snapshot.plan
    object {
      $0.field("id", plan.id)
      $0.field("digest", orNull: snapshot.contents.map { Hexadecimal.text(of: $0.digest.bytes) })
      $0.field("revision", Int64(plan.revision))
      $0.field("revises", orNull: plan.revises)
      $0.field("purpose", plan.purpose.rawValue)
      $0.field("source", plan.source.rawValue)
      $0.field("asOf", orNull: plan.asOf)
      $0.field("members", orNull: snapshot.contents?.members)
      $0.field("hasEntries", snapshot.isComplete)
    }
  }

  fileprivate mutating func reported(
    _ reported: ReportedLeg, _ rule: RewardRuleVersion?, _ types: PointTypeCatalog
  ) {
    object {
      $0.line(reported.line, types)
      $0.field("posted", reported.effective)
      $0.field("outstanding", reported.outstanding)
      $0.field("state", reported.state.rawValue)
      $0.field("refusal", orNull: reported.refusal?.storedName)
      $0.field("score", orNull: reported.score)
      $0.field("ruleName", orNull: rule?.traits.name)
      $0.field("ruleRevision", orNull: rule.map { Int64($0.revision) })
      $0.arrayField("transactionIds") { for id in reported.transactions { $0.uuid(id.bits) } }
      $0.field("postedAt", orNull: reported.postedAt)
    }
  }

  fileprivate mutating func reported(_ sum: ReportTally.Sum, _ types: PointTypeCatalog) {
    object {
      $0.field("pointType", types.name(of: sum.pointType))
      $0.field("change", sum.isGiven ? "give" : "takeBack")
      $0.field("lines", sum.lines)
      $0.field("refusedLines", sum.refusedLines)
      $0.key("amount")
      $0.raw(Array("\(sum.amount)".utf8).span)
      $0.key("posted")
      $0.raw(Array("\(sum.posted)".utf8).span)
      $0.key("outstanding")
      $0.raw(Array("\(sum.outstanding)".utf8).span)
    }
  }
}
