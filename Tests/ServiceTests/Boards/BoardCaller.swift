// What tests of boards ask of a running service, and how they read its answers.
import Foundation
import Testing

struct BoardCaller {
  /// A row of a page.
  struct Row: Equatable {
    let user: String
    let rank: Int64
    let score: Int64
  }

  let caller: Caller
  let installation: Installation

  init(_ service: RunningService, _ installation: Installation) throws {
    caller = try Caller(port: service.port)
    self.installation = installation
  }

  func define(_ body: String) throws {
    let made = try caller.ask(.post("/points/boards", body, as: installation.admin))
    #expect(made.status == 201 && made.json["state"].text == "ready", "\(made.body)")
  }

  /// Ends a season early: two seconds from now, for everybody who counts is to learn of it before.
  func close(_ label: String, of board: String) throws {
    let closed = try caller.ask(
      .post("/points/boards/\(board)/periods/\(label)/close", "{}", as: installation.admin))
    #expect(closed.status == 200, "\(closed.body)")
  }

  /// The id of the transaction; nil where it was refused.
  @discardableResult
  func post(
    _ path: String, _ amount: Int, _ user: String, category: String? = nil, occurredAt: String? = nil
  ) throws -> String? {
    var body = #"{"userId":"\#(user)","amount":\#(amount)"#
    if let category { body += #","category":"\#(category)""# }
    if let occurredAt { body += #","occurredAt":"\#(occurredAt)""# }
    let answer = try caller.ask(.post(path, body + "}", as: installation.service))
    guard answer.status == 201 else {
      #expect(answer.status == 409, "\(answer.body)")
      return nil
    }
    return answer.json["transaction"]["id"].text
  }

  @discardableResult
  func award(
    _ amount: Int, to user: String, category: String? = nil, occurredAt: String? = nil
  ) throws -> String? {
    try post("/points/award", amount, user, category: category, occurredAt: occurredAt)
  }

  func reverse(_ id: String, _ amount: Int?) throws {
    let body = amount.map { #"{"amount":\#($0)}"# } ?? "{}"
    let answer = try caller.ask(
      .post("/points/transactions/\(id)/reverse", body, as: installation.service))
    #expect([201, 409, 422].contains(answer.status), "\(answer.body)")
  }

  func enable(_ user: String, _ isEnabled: Bool) throws {
    let answer = try caller.ask(
      Call(
        method: "PUT", target: "/points/users/\(user)", key: installation.admin,
        body: #"{"enabled":\#(isEnabled)}"#))
    #expect([200, 201].contains(answer.status), "\(answer.body)")
  }

  func get(_ target: String, sourceFile: SourceLocation = #_sourceLocation) throws -> JSONText {
    let answer = try caller.ask(.get(target, as: installation.service))
    #expect(answer.status == 200, "\(target): \(answer.body)", sourceLocation: sourceFile)
    return answer.json
  }

  func problem(_ target: String) throws -> String {
    let answer = try caller.ask(.get(target, as: installation.service))
    return "\(answer.status) \(answer.code ?? "")"
  }

  func rows(_ query: String) throws -> [Row] {
    try get("/points/leaderboard?limit=1000&\(query)")["entries"].list.map { row in
      Row(user: row["userId"].text ?? "", rank: row["rank"].integer ?? 0, score: row["score"].integer ?? 0)
    }
  }

  /// In microseconds, as the ledger writes them; so many seconds from now.
  static func instant(_ seconds: Double = 0) -> String {
    let now = Date(timeIntervalSinceNow: seconds).timeIntervalSince1970
    let (whole, part) = (now.rounded(.down), Int((now - now.rounded(.down)) * 1_000_000))
    let digits = "\(part)"
    let text = Date(timeIntervalSince1970: whole).ISO8601Format().dropLast()
    return "\(text).\(String(repeating: "0", count: 6 - digits.count))\(digits)Z"
  }
}
