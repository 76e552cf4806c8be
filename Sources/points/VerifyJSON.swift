// What `points verify` found, for programs.
import Boards
import JSON
import Ledger
import Service
import Verification

enum VerifyJSON {
  static func text(of report: LedgerVerification.Report) -> String {
    var json = JSONWriter(reservingCapacity: 1024)
    json.object { json in
      json.objectField("ledger") { write(report, to: &$0) }
      json.arrayField("mirrors") { json in
        for mirror in report.mirrors { json.object { write(mirror, to: &$0) } }
      }
    }
    return String(decoding: json.finish(), as: UTF8.self)
  }

  private static func write(_ report: LedgerVerification.Report, to json: inout JSONWriter) {
    let ledger = report.ledger
    json.field("accounts", ledger.accounts)
    json.field("transactions", ledger.transactions)
    json.field("requests", ledger.requests)
    json.field("seconds", report.ledgerDuration / .seconds(1), decimals: 3)
    json.field("isChecked", ledger.failure == nil)
    if let failure = ledger.failure { json.field("reason", failure.description) }
    json.field("faultyAccounts", ledger.faultyAccounts)
    write(ledger.faults.counts.map { ($0.key.rawValue, $0.value) }, to: &json)
    json.arrayField("examples") { json in
      for fault in ledger.faults.shown {
        json.object {
          $0.field("kind", fault.kind.rawValue)
          $0.field("pointType", orNull: fault.key.flatMap { report.names[$0.pointType] })
          $0.field("userId", orNull: fault.key?.user.text)
          $0.field("expected", fault.expected)
          $0.field("found", fault.found)
        }
      }
    }
  }

  private static func write(_ mirror: LedgerVerification.Mirror, to json: inout JSONWriter) {
    json.field("pointType", mirror.type)
    json.field("seconds", mirror.duration / .seconds(1), decimals: 3)
    switch mirror.outcome {
    case .failure(let reason):
      json.field("isChecked", false)
      json.field("reason", reason.description)
    case .success(let found):
      json.field("isChecked", !found.isWithoutSums && found.behind == 0)
      json.field("accounts", found.accounts)
      json.field("members", found.members)
      json.field("drifted", found.drifted)
      json.field("repaired", found.repaired)
      write(found.drifts.counts.map { ($0.key.rawValue, $0.value) }, to: &json)
      json.arrayField("examples") { json in
        for drift in found.drifts.shown { json.object { write(drift, to: &$0) } }
      }
    }
  }

  private static func write(_ drift: Drift, to json: inout JSONWriter) {
    json.field("kind", drift.kind.rawValue)
    json.field("userId", orNull: drift.user?.text)
    json.field("board", orNull: drift.boardName)
    json.field("expected", drift.expected)
    json.field("found", drift.found)
  }

  private static func write(_ kinds: [(name: String, count: Int64)], to json: inout JSONWriter) {
    json.objectField("kinds") { json in
      for (name, count) in kinds.sorted(by: { $0.name < $1.name }) {
        json.key(escaping: name)
        json.integer(count)
      }
    }
  }
}
