// Whoever defines types and boards, closes periods and takes snapshots, over HTTP as anybody would.

final class LedgerAdmin {
  private let caller: LedgerCaller
  private let key: ServiceKey

  init(
    of ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    key = try ServiceKey(on: stores, role: "admin", heeding: interruption)
    caller = try LedgerCaller(of: ledger.service)
  }

  /// What was answered.
  @discardableResult
  func make(_ path: String, _ json: String, as word: String) throws(BenchmarkError) -> String {
    try caller.make(path, Array(json.utf8), as: word, key)
  }

  func read(_ path: String) throws(BenchmarkError) -> String {
    try caller.read(path, key)
  }

  func defineType(_ name: String) throws(BenchmarkError) {
    try make("/points/types", #"{"name":"\#(name)","displayName":"\#(name)"}"#, as: "type-\(name)")
  }

  /// `rest` is what the definition says besides.
  func defineBoard(_ name: String, of type: String, _ rest: String) throws(BenchmarkError) {
    try make(
      "/points/boards", #"{"name":"\#(name)","pointType":"\#(type)",\#(rest)}"#, as: "board-\(name)")
  }

  /// Looks again and again.
  @discardableResult
  func wait(
    at path: String, within limit: Duration, every pause: Duration = .milliseconds(100),
    heeding interruption: Interruption, until isThere: (String) -> Bool
  ) throws(BenchmarkError) -> String {
    let deadline = ContinuousClock.now + limit
    var last = ""
    while ContinuousClock.now < deadline {
      last = try read(path)
      if isThere(last) { return last }
      try interruption.pause(for: pause)
    }
    throw .notReady(program: "points serve", lastWords: String(last.prefix(1_000)))
  }

  /// Until it is filled.
  func waitForBoard(
    _ name: String, within limit: Duration, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    try wait(at: "/points/boards/\(name)", within: limit, heeding: interruption) {
      JSONText.text("state", in: $0) == "ready"
    }
  }

  /// Throws unless so many are members of the present period: a board that nobody is on would cost nothing.
  func expectMembers(_ count: Int, of board: String) throws(BenchmarkError) {
    let page = try read("/points/leaderboard?limit=1&board=\(board)")
    guard JSONText.number("members", in: page) == count else {
      throw .unexpectedAnswer(from: "points serve", "not \(count) are on \(board): \(page)")
    }
  }
}
