// A sped-up board: seasons of seconds, and postings on it some of which tell of what happened before.
import Foundation
import TestSupport

/// Four seasons, the last of which goes on.
struct Seasons {
  static let labels = ["one", "two", "three", "four"]
  /// The first one ends so many seconds after it was made: a busy machine has to post in it before that.
  private static let firstEnd = 10.0
  /// Longer than the grace, which is longer than anything is late: what is posted about a season after its
  /// end has seconds in which it counts, also on a machine that stands still for some of them.
  private static let length = 6.0
  private static let grace = 5

  let league: League
  /// Boards with and without grace.
  let boards = ["prompt", "graceful"]

  init(_ installation: Installation, through port: UInt16) throws {
    league = League(installation)
    let bounds = [-60] + (0..<3).map { Self.firstEnd + Double($0) * Self.length } + [600]
    let instants = bounds.map { League.instant($0) }
    let seasons = Self.labels.enumerated().map { index, label in
      #"{"label":"\#(label)","startsAt":"\#(instants[index])","endsAt":"\#(instants[index + 1])"}"#
    }
    for (board, grace) in zip(boards, [0, Self.grace]) {
      try league.define(board, seasons: seasons, graceSeconds: grace, Caller(port: port))
    }
  }

  /// What happened just now, a moment ago, or in the season before.
  static func award(_ number: Int) -> String {
    let ago = [0, 0, 0.4, 1.5, 4.5][number % 5]
    let occurred = ago == 0 ? "" : #","occurredAt":"\#(League.instant(-ago))""#
    let user = #""userId":"user-\#(number * 7 % 23)","amount":\#(1 + number % 4)"#
    return #"{\#(user),"category":"\#(League.category)"\#(occurred)}"#
  }

  /// Waits until it is over by Postgres's clock, its grace included.
  func waitForEnd(of label: String, within limit: Duration = .seconds(60)) throws -> Bool {
    try Eventually.holds(within: limit) {
      try league.ask(
        """
        SELECT bool_and(p.ends_at + make_interval(secs => b.grace_seconds) < clock_timestamp())
        FROM periods p JOIN boards b ON b.id = p.board_id WHERE p.label = '\(label)'
        """) == "t"
    }
  }

  func states(of board: String) throws -> String {
    try league.ask(
      """
      SELECT string_agg(p.state, ' ' ORDER BY p.number) FROM periods p JOIN boards b ON b.id = p.board_id
      WHERE b.name = '\(board)'
      """)
  }

  /// Waits until three are stored, and says what is not as it should be.
  func faults(of board: String) throws -> [String] {
    let stored = "frozen frozen frozen open"
    guard try Eventually.holds(within: .seconds(60), { try states(of: board) == stored }) else {
      return ["\(board): \(try states(of: board))"]
    }
    var faults: [String] = []
    for label in Self.labels.dropLast() {
      let (found, expected) = (
        try league.digest(of: board, label), try league.digestOfTransactions(on: board, label)
      )
      if found != expected { faults.append("\(board) \(label): \(found) for \(expected)") }
    }
    let order = try league.ask(
      """
      SELECT string_agg(p.label, ' ' ORDER BY s.number), bool_and(p.closed_at >= p.ends_at)
      FROM periods p JOIN boards b ON b.id = p.board_id JOIN snapshots s ON s.id = p.snapshot_id
      WHERE b.name = '\(board)'
      """)
    if order != "one two three|t" { faults.append("\(board): stored in the order \(order)") }
    return faults + (try league.remains())
  }
}
