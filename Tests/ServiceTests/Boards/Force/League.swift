// Boards that all count the same points: whatever is done while one of them is closed, its snapshot must be
// that of the one that was closed in peace, and what the transactions themselves come to.
import EmbeddedServers
import Foundation
import TestSupport

/// Used by one thread at a time.
final class League {
  static let category = "race"
  private static let users = 240

  let installation: Installation
  private let boards: Int
  private var closed = 0

  /// Without any boards of its own.
  init(_ installation: Installation) {
    (self.installation, boards) = (installation, 0)
  }

  /// Makes boards, and points on them, by way of a process.
  init(_ installation: Installation, boards: Int, through port: UInt16) throws {
    (self.installation, self.boards) = (installation, boards)
    let caller = try Caller(port: port)
    let season = #"{"label":"s","startsAt":"\#(Self.instant(-60))","endsAt":"\#(Self.instant(3600))"}"#
    for number in 0..<boards { try define(Self.name(number), seasons: [season], caller) }
    for index in 0..<(Self.users * 3 / 2) {
      try award(1 + index * index % 37, to: "user-\(index % Self.users)", caller)
    }
    let disabled = try caller.ask(
      Call(
        method: "PUT", target: "/points/users/user-7", key: installation.admin, body: #"{"enabled":false}"#))
    guard disabled.status < 300 else { throw Refused(answer: disabled) }
  }

  /// Each board is closed once, and more were to be closed than there are.
  struct NoneLeft: Error {}

  struct Refused: Error {
    let answer: Answer
  }

  /// A board that was not closed yet.
  func next() throws -> String {
    guard closed < boards else { throw NoneLeft() }
    closed += 1
    return Self.name(closed - 1)
  }

  private static func name(_ number: Int) -> String { "league-\(number)" }

  func define(_ name: String, seasons: [String], graceSeconds: Int = 0, _ caller: Caller) throws {
    let body = """
      {"name":"\(name)","categories":["\(Self.category)"],"period":"seasons","graceSeconds":\(graceSeconds),\
      "seasons":[\(seasons.joined(separator: ","))]}
      """
    let created = try caller.ask(.post("/points/boards", body, as: installation.admin))
    guard created.status == 201 else { throw Refused(answer: created) }
  }

  private func award(_ amount: Int, to user: String, _ caller: Caller) throws {
    let answer = try caller.ask(
      .post(
        "/points/award", #"{"userId":"\#(user)","amount":\#(amount),"category":"\#(Self.category)"}"#,
        as: installation.service))
    guard answer.status == 201 else { throw Refused(answer: answer) }
  }

  /// Has the season of a board end in a little more than a second, which is the least notice. On a busy
  /// machine the notice may have become too short on the way; then it is longer the next time. So many
  /// seconds more are for whoever has to do something else before that end.
  func end(_ board: String, through port: UInt16, after more: Double = 0) throws {
    let caller = try Caller(port: port)
    var answer = Answer()
    for attempt in 0..<5 where answer.status != 200 {
      let notice = 1.15 + more + 0.5 * Double(attempt)
      answer = try caller.ask(
        .post(
          "/points/boards/\(board)/periods/s/close", #"{"at":"\#(Self.instant(notice))"}"#,
          as: installation.admin))
    }
    guard answer.status == 200 else { throw Refused(answer: answer) }
  }

  static func instant(_ seconds: Double) -> String {
    Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(Date(timeIntervalSinceNow: seconds))
  }

  // MARK: What there is

  /// What a query says, as its administrator is told.
  func ask(_ query: String) throws -> String {
    try ServerTools.postgres(
      "psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", "-d", installation.databaseURL, "-c", query],
      of: installation.servers
    ).trimmingCharacters(in: .newlines)
  }

  func state(of board: String) throws -> String {
    try ask(
      "SELECT p.state FROM periods p JOIN boards b ON b.id = p.board_id WHERE b.name = '\(board)'")
  }

  /// Whether its season is not over yet, so nobody has begun to close it.
  func goesOn(_ board: String) throws -> Bool {
    try ask(
      """
      SELECT clock_timestamp() < p.ends_at FROM periods p JOIN boards b ON b.id = p.board_id
      WHERE b.name = '\(board)' AND p.label = 's'
      """) == "t"
  }

  /// The digest of the snapshot that the period names.
  func digest(of board: String, _ label: String = "s") throws -> String {
    try ask(
      """
      SELECT encode(s.digest, 'hex') FROM periods p JOIN boards b ON b.id = p.board_id
      JOIN snapshots s ON s.id = p.snapshot_id AND s.board = b.id::text AND s.period_number = p.number
      WHERE b.name = '\(board)' AND p.label = '\(label)' AND s.state = 'complete' AND s.purpose = 'close'
      """)
  }

  /// Whether Redis still has anybody on it.
  func isInRedis(_ board: String) throws -> Bool {
    let slot = try ask(
      """
      SELECT '*{' || replace(b.point_type_id::text, '-', '') || '}:*:b:'
        || lpad(to_hex(b.number), 8, '0') || lpad(to_hex(p.number), 8, '0')
      FROM periods p JOIN boards b ON b.id = p.board_id WHERE b.name = '\(board)'
      """)
    return try StoreConsole(installation.servers.redis).keys(beginningWith: slot) > 0
  }
}
