// What a process tells of the ledger and its mirrors: how much was posted, and how far Redis is behind.
import BoardStore
import EventLoop
import LedgerStore
import Projection
import Verification

extension MetricsPage {
  func addLedger(to text: inout MetricsText) {
    text.family(
      "points_ledger_postings_total", .counter, "Postings settled: accepted, refused or answered again.",
      perWorker { Double($0.ledger.lanes.postings) })
    text.family(
      "points_ledger_transactions_total", .counter, "Transactions written.",
      perWorker { Double($0.ledger.lanes.transactions) })
    text.family(
      "points_ledger_refusals_total", .counter, "Postings refused by a rule of the ledger.",
      perWorker { Double($0.ledger.lanes.refusals) })
    text.family(
      "points_ledger_replays_total", .counter, "Postings answered again under their idempotency key.",
      perWorker { Double($0.ledger.lanes.replays) })
    text.family(
      "points_ledger_batches_total", .counter, "Database transactions that settled postings.",
      perWorker { Double($0.ledger.lanes.batches) })
    text.family(
      "points_ledger_failed_batches_total", .counter,
      "Database transactions that failed, most of them tried again.",
      perWorker { Double($0.ledger.lanes.failedBatches) })
    text.family(
      "points_ledger_overloads_total", .counter, "Postings turned away because too many waited.",
      perWorker { Double($0.ledger.lanes.refusedForLoad) })
    text.family(
      "points_ledger_waiting_legs", .gauge, "Legs that wait for a database transaction.",
      perWorker { Double($0.ledger.waitingLegs) })
  }

  func addMirrors(to text: inout MetricsText) {
    text.family(
      "points_mirror_trusted", .gauge, "Whether the worker may read mirrors in Redis.",
      perWorker { $0.ledger.trustsMirrors ? 1 : 0 })
    let followers = reports.compactMap(\.ledger.follower)
    func ofProcess(_ value: (FollowerStatus) -> Double) -> [MetricsText.Sample] {
      followers.prefix(1).map { ("", value($0)) }
    }
    text.family(
      "points_mirror_following", .gauge, "Whether this process follows the ledger for all.",
      ofProcess { $0.holdsLease ? 1 : 0 })
    text.family(
      "points_mirror_lag_positions", .gauge, "Batches that the mirror furthest behind has yet to get.",
      ofProcess { Double($0.lag) })
    text.family(
      "points_mirror_lag_seconds", .gauge, "How old the oldest change is that a mirror has yet to get.",
      reports.filter { $0.ledger.follower != nil }.prefix(1).map {
        ("", Double($0.ledger.mirrorLag.wholeNanoseconds) / 1e9)
      })
    text.family(
      "points_mirror_head_position", .gauge, "The last position of the ledger, as the follower saw it.",
      ofProcess { Double($0.head) })
    text.family(
      "points_mirror_accounts_sent_total", .counter, "Accounts sent by the follower.",
      ofProcess { Double($0.accountsSent) })
    text.family(
      "points_mirror_rebuilds_total", .counter, "Mirrors built anew.", ofProcess { Double($0.rebuilds) })
    text.family(
      "points_mirror_failed_rebuilds_total", .counter, "Attempts to build a mirror anew that failed.",
      ofProcess { Double($0.failedRebuilds) })
    text.family(
      "points_mirror_layouts_removed_total", .counter,
      "Layouts of other releases whose mirrors were removed, because nobody followed them any more.",
      ofProcess { Double($0.layoutsRemoved) })
    text.family(
      "points_mirror_proofs_total", .counter, "Mirrors found true after Postgres was started anew.",
      ofProcess { Double($0.proofs) })
    text.family(
      "points_mirror_failures_total", .counter, "Rounds of following that failed.",
      ofProcess { Double($0.failures) })
    text.family(
      "points_mirror_foreign", .gauge, "Mirrors in Redis that are not of this ledger, and are left alone.",
      ofProcess { Double($0.foreign.count) })
  }

  /// Nothing where nobody verifies.
  func addVerifier(to text: inout MetricsText) {
    guard let status = reports.compactMap(\.ledger.verifier).first else { return }
    func tell(_ name: String, _ kind: MetricsText.Kind, _ help: String, _ value: Double) {
      text.family(name, kind, help, [("", value)])
    }
    tell(
      "points_verify_accounts_total", .counter, "Accounts that were held against the ledger.",
      Double(status.accounts))
    tell(
      "points_verify_members_total", .counter, "Members of boards that were looked at.",
      Double(status.members))
    tell(
      "points_verify_chains_total", .counter, "Chains of transactions that were checked.",
      Double(status.chains))
    tell(
      "points_verify_sums_total", .counter, "Mirrors whose sums and numbers were held against the ledger.",
      Double(status.sums))
    text.family(
      "points_verify_drift_total", .counter, "What was found in Redis that is not as the ledger says.",
      Drift.Kind.allCases.map { ("kind=\"\($0.rawValue)\"", Double(status.drifts[$0] ?? 0)) })
    tell("points_verify_repaired_total", .counter, "What of that was repaired.", Double(status.repaired))
    text.family(
      "points_verify_drift_ratio", .gauge, "How much of the last samples of a point type had drifted.",
      status.windows.sorted { $0.key < $1.key }.map { ("type=\"\($0.key)\"", $0.value.ratio) })
    tell(
      "points_verify_broken_chains_total", .counter, "Accounts of the ledger that were found broken.",
      Double(status.brokenChains))
    tell(
      "points_verify_retired_total", .counter, "Mirrors taken out of service, for they had lost members.",
      Double(status.retired))
    tell(
      "points_verify_failures_total", .counter, "Rounds of verifying that came to nothing.",
      Double(status.failures))
    tell(
      "points_verify_last_pass_timestamp_seconds", .gauge,
      "When all accounts had been looked at last; 0 for never.", Double(status.lastPass))
    tell(
      "points_verify_alert", .gauge, "Whether more than 1 % drifted, or a chain is broken.",
      status.isAlarming ? 1 : 0)
  }
}
