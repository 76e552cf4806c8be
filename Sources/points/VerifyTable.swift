// What `points verify` found, as a table for a terminal, with some examples below it.
import Boards
import Ledger
import Service
import Verification

enum VerifyTable {
  static func lines(of report: LedgerVerification.Report) -> [String] {
    ledgerLines(report) + [""] + table(report) + remarks(report) + examples(report)
  }

  private static func ledgerLines(_ report: LedgerVerification.Report) -> [String] {
    let ledger = report.ledger
    let rate = perSecond(ledger.accounts, report.ledgerDuration)
    var lines = [
      "ledger: \(ledger.accounts) accounts, \(ledger.transactions) transactions, \(ledger.requests) requests "
        + "in \(text(report.ledgerDuration)) s, \(rate) accounts/s"
    ]
    if let failure = ledger.failure { lines.append("ledger: not checked to the end: \(failure)") }
    if ledger.isWhole {
      lines.append(ledger.failure == nil ? "ledger: every chain is whole" : "ledger: nothing wrong so far")
    } else {
      let kinds = counts(ledger.faults.counts.map { ($0.key.rawValue, $0.value) })
      lines.append("ledger: BROKEN, \(ledger.faultyAccounts) accounts: \(kinds)")
    }
    return lines
  }

  private static func table(_ report: LedgerVerification.Report) -> [String] {
    let heading = ["TYPE", "ACCOUNTS", "DRIFTED", "PERCENT", "REPAIRED", "ACCOUNTS/S", "KINDS"]
    let rows = [heading] + report.mirrors.map(row)
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func row(_ mirror: LedgerVerification.Mirror) -> [String] {
    switch mirror.outcome {
    case .failure: return [mirror.type, "-", "-", "-", "-", "-", "not checked"]
    case .success(let found):
      let kinds = counts(found.drifts.counts.map { ($0.key.rawValue, $0.value) })
      return [
        mirror.type, "\(found.accounts)", "\(found.drifted)", percent(found.drifted, of: found.accounts),
        "\(found.repaired)", "\(perSecond(found.accounts, mirror.duration))", kinds.isEmpty ? "-" : kinds,
      ]
    }
  }

  private static func remarks(_ report: LedgerVerification.Report) -> [String] {
    report.mirrors.compactMap { mirror in
      switch mirror.outcome {
      case .failure(let reason): "\(mirror.type): not checked: \(reason)"
      case .success(let found) where found.behind > 0:
        "\(mirror.type): \(found.behind) accounts could not be checked, the mirror is behind the ledger"
      case .success(let found) where found.isWithoutSums:
        "\(mirror.type): the sums could not be checked, so much was written all the time"
      case .success: nil
      }
    }
  }

  private static func examples(_ report: LedgerVerification.Report) -> [String] {
    let faults = report.ledger.faults.shown.map { fault in
      line(
        fault.kind.rawValue, fault.key?.user, fault.key.flatMap { report.names[$0.pointType] }, nil,
        fault.expected, fault.found)
    }
    let drifts = report.mirrors.flatMap { mirror in
      ((try? mirror.outcome.get())?.drifts.shown ?? []).map {
        line($0.kind.rawValue, $0.user, mirror.type, $0.boardName, $0.expected, $0.found)
      }
    }
    let all = faults + drifts
    return all.isEmpty ? [] : ["", "for example:"] + all.prefix(Examples<Drift, Drift.Kind>.most)
  }

  private static func line(
    _ kind: String, _ user: UserID?, _ type: String?, _ board: String?, _ expected: String, _ found: String
  ) -> String {
    let what = [type, board, user?.text].compactMap(\.self).joined(separator: " ")
    // What lies in Redis may be anything, and a terminal obeys some of it.
    let text = "\(kind)\(what.isEmpty ? "" : ", \(what)"): expected \(expected); found \(found)"
    return "  " + String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? "?" : $0 }))
  }

  private static func counts(_ counts: [(name: String, count: Int64)]) -> String {
    counts.sorted { $0.name < $1.name }.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
  }

  static func perSecond(_ count: Int64, _ time: Duration) -> Int64 {
    let seconds = time / .seconds(1)
    return seconds > 0 ? Int64(Double(count) / seconds) : 0
  }

  /// With three decimals; nothing of nothing is no drift.
  static func percent(_ part: Int64, of whole: Int64) -> String {
    guard part > 0 else { return "0" }
    let thousandths = whole > 0 ? Int64((Double(part) * 100_000 / Double(whole)).rounded(.up)) : 100_000
    let decimals = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
  }

  private static func text(_ time: Duration) -> String {
    let tenths = Int64((time / .milliseconds(100)).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
