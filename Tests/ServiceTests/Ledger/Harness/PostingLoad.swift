// Awards without a pause from many connections over several processes, while something breaks. It remembers
// what it was told of each, and reads beside them what must not be older than that.
import Foundation
import Synchronization
import TestSupport

final class PostingLoad: Sendable {
  struct Award: Sendable {
    let name: String
    let user: String
    let amount: Int64
    /// Nil while it is not known what became of it.
    var transaction: String?
  }

  struct Record: Sendable {
    var awards: [Award] = []
    var acknowledged = 0
    var unprojected = 0
    var refused = 0
    var wrong: [String] = []
    /// What each user has at least, by answers that said `projected`.
    var shown: [String: Int64] = [:]
  }

  static let users = (0..<24).map { "user-\($0)" }

  private let ports: [UInt16]
  private let key: String
  private let record = Mutex(Record())
  private let isOver = Atomic(false)
  private let ended = DispatchSemaphore(value: 0)
  private let connections: Int
  /// In the names of its awards, where there are several loads after each other.
  private let label: String

  /// Each connection begins at one of the ports, and goes on at the next one when it breaks.
  init(on ports: [UInt16], key: String, connections: Int = 8, label: String = "load") {
    self.label = label
    self.ports = ports
    self.key = key
    self.connections = connections
    for index in 0..<connections {
      Thread.detachNewThread { [self] in
        post(as: index)
        ended.signal()
      }
    }
  }

  var acknowledged: Int { record.withLock { $0.acknowledged } }

  /// How often somebody was told to ask again.
  var refused: Int { record.withLock { $0.refused } }

  func goesOn(by count: Int, within limit: Duration) -> Bool {
    let before = acknowledged
    return Eventually.holds(within: limit) { acknowledged >= before + count }
  }

  /// Ends it, and waits for what was under way.
  func stop() -> Record {
    isOver.store(true, ordering: .relaxed)
    for _ in 0..<connections { ended.wait() }
    return record.withLock { $0 }
  }

  // MARK: One connection

  private func post(as index: Int) {
    var port = index
    var number = 0
    while !isOver.load(ordering: .relaxed) {
      do {
        let caller = try Caller(port: ports[port % ports.count])
        // The other process may be gone for good.
        let reader = (try? Caller(port: ports[(port + 1) % ports.count])) ?? caller
        while !isOver.load(ordering: .relaxed) {
          number += 1
          try award(as: index, number, caller)
          if number % 4 == 0 { try read(number, reader) }
        }
      } catch {
        port += 1
        usleep(5000)
      }
    }
  }

  private func award(as index: Int, _ number: Int, _ caller: Caller) throws {
    let award = Award(
      name: "\(label)-\(index)-\(number)", user: Self.users[(index * 7 + number) % Self.users.count],
      amount: Int64(1 + number % 9))
    let place = record.withLock { record in
      record.awards.append(award)
      return record.awards.count - 1
    }
    let answer = try caller.ask(award.call(key))
    record.withLock { $0.note(answer, of: place) }
  }

  /// A board and a balance, of which it is known what they must have at least.
  private func read(_ number: Int, _ caller: Caller) throws {
    let shown = record.withLock { $0.shown }
    let board = try caller.ask(.get("/points/leaderboard?limit=100", as: key))
    record.withLock { $0.judge(board: board, shown: shown) }
    let user = Self.users[number % Self.users.count]
    let balance = try caller.ask(.get("/points/balance?userId=\(user)", as: key))
    record.withLock { record in
      guard balance.status == 200 else { return record.note(refusal: balance) }
      let points = balance.json["balance"].integer ?? -1
      if points < shown[user] ?? 0 { record.wrong.append("\(shown[user] ?? 0) were shown: \(balance.body)") }
    }
  }
}

extension PostingLoad.Award {
  func call(_ key: String) -> Call {
    .post(
      "/points/award", #"{"userId":"\#(user)","amount":\#(amount),"reason":"\#(name)"}"#, as: key, once: name)
  }
}

extension PostingLoad.Record {
  fileprivate mutating func note(_ answer: Answer, of place: Int) {
    guard answer.status == 201 else { return note(refusal: answer) }
    let json = answer.json
    acknowledged += 1
    awards[place].transaction = json["transaction"]["id"].text
    guard json["projected"].isTrue, let points = json["balance"]["balance"].integer else {
      unprojected += 1
      return
    }
    let user = awards[place].user
    shown[user] = max(shown[user] ?? 0, points)
  }

  fileprivate mutating func note(refusal answer: Answer) {
    switch (answer.status, answer.code) {
    case (503, _): refused += 1
    case _: wrong.append("\(answer.status) \(answer.body)")
    }
  }

  /// From Redis, a board has all that was shown before it was asked for. From the ledger it says of when it
  /// is.
  fileprivate mutating func judge(board answer: Answer, shown: [String: Int64]) {
    guard answer.status == 200 else { return note(refusal: answer) }
    let json = answer.json
    guard json["source"].text == "redis" else {
      if json["asOf"].isNull || !json["position"].isNull { wrong.append(answer.body) }
      return
    }
    var scores: [String: Int64] = [:]
    for entry in json["entries"].list { scores[entry["userId"].text ?? ""] = entry["score"].integer ?? -1 }
    for (user, points) in shown where scores[user] ?? -1 < points {
      wrong.append("\(points) of \(user) were shown: \(answer.body)")
    }
    if json["statistics"]["sum"].integer != scores.values.reduce(0, +) {
      wrong.append("the sum is another: \(answer.body)")
    }
  }
}
