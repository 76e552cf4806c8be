// Payouts as somebody makes them who wants to know how long they take: a rule, a snapshot, a plan, and
// waiting.

struct MeasuredPayouts {
  static let amount = 7
  private static let attemptsMax = 3

  let admin: LedgerAdmin
  let members: Int

  /// The same for every rank down to that of the last winner. On a board where more than one reaches it, more
  /// win.
  func reward(_ winners: Int, on board: String) throws(BenchmarkError) {
    try admin.make(
      "/points/reward-rules",
      #"{"board":"\#(board)","minRank":1,"maxRank":\#(winners),"rewardAmount":\#(Self.amount)}"#,
      as: "reward-\(board)")
  }

  /// Its id, once nobody works for it any more.
  func takeSnapshot(
    of board: String, as word: String, heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let begun = try admin.make(
      "/points/snapshots", #"{"board":"\#(board)"}"#, as: "snapshot-\(board)-\(word)")
    guard let id = JSONText.text("id", in: begun) else {
      throw .unreadable(what: "the answer about a snapshot", text: begun)
    }
    let snapshot = try admin.wait(
      at: "/points/snapshots/\(id)", within: .seconds(600), heeding: interruption
    ) { JSONText.text("state", in: $0) == "complete" }
    guard JSONText.number("members", in: snapshot) == members else {
      throw .unreadable(what: "a snapshot of \(members)", text: snapshot)
    }
    return id
  }

  /// The id of the payout.
  func plan(_ snapshot: String, winners: Int) throws(BenchmarkError) -> String {
    let plan = try admin.make(
      "/points/distributions", #"{"snapshotId":"\#(snapshot)"}"#, as: "payout-\(snapshot)")
    guard let id = JSONText.text("id", in: plan), JSONText.number("winners", in: plan) == winners else {
      throw .unreadable(what: "a payout to \(winners)", text: plan)
    }
    return id
  }

  func isPaying(_ payout: String) throws(BenchmarkError) -> Bool {
    JSONText.text("phase", in: try admin.read("/points/distributions/\(payout)")) == "paying"
  }

  /// Throws unless every winner was credited.
  func waitUntilPaid(
    _ payout: String, winners: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let paid = try admin.wait(
      at: "/points/distributions/\(payout)", within: .seconds(600), every: .milliseconds(10),
      heeding: interruption
    ) { JSONText.text("phase", in: $0) != "paying" }
    guard JSONText.text("phase", in: paid) == "paid", JSONText.number("credited", in: paid) == winners else {
      throw .unreadable(what: "a payout to \(winners) that is paid", text: paid)
    }
  }
}
