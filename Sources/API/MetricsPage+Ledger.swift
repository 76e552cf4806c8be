// What a process tells of the ledger and its mirrors: how much was posted, and how far Redis is behind.
import BoardStore
import EventLoop
import LedgerStore
import Projection

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
      "points_mirror_failures_total", .counter, "Rounds of following that failed.",
      ofProcess { Double($0.failures) })
    text.family(
      "points_mirror_foreign", .gauge, "Mirrors in Redis that are not of this ledger, and are left alone.",
      ofProcess { Double($0.foreign.count) })
  }
}
