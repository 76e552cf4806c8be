// For each route a request that succeeds, whoever may send it and however often.
import Foundation
import Testing

struct SampleCalls {
  private let caller: Caller
  private let admin: String
  private var count = 0
  private var payouts: PayoutSamples

  /// With a key of an admin, to make what a request needs to be there, and one of another service that pays.
  init(_ caller: Caller, _ admin: String, payer: String) {
    self.caller = caller
    self.admin = admin
    payouts = PayoutSamples(caller, admin: admin, payer: payer)
  }

  /// The request, and the status that it is answered with.
  mutating func call(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    count += 1
    switch route {
    case "POST /points/award": return (.post("/points/award", Self.change(1), as: key), 201)
    case "POST /points/deduct":
      _ = try posted()
      return (.post("/points/deduct", Self.change(1), as: key), 201)
    case "POST /points/postings": return (.post("/points/postings", Self.posting, as: key), 201)
    case "POST /points/postings/batch":
      let body = #"{"postings":[{"idempotencyKey":"b\#(count)",\#(Self.posting.dropFirst())]}"#
      return (.post("/points/postings/batch", body, as: key), 200)
    case "GET /points/postings/{id}":
      return (.get("/points/postings/\(try posted()["postingId"].text ?? "")", as: key), 200)
    case "POST /points/postings/{id}/reverse":
      return (.post("/points/postings/\(try posted()["postingId"].text ?? "")/reverse", nil, as: key), 201)
    case "GET /points/transactions/{id}":
      return (.get("/points/transactions/\(try posted()["id"].text ?? "")", as: key), 200)
    case "POST /points/transactions/{id}/reverse":
      return (.post("/points/transactions/\(try posted()["id"].text ?? "")/reverse", nil, as: key), 201)
    case _ where route.contains("/points/distributions") || route.hasSuffix("/reward"):
      return try payouts.call(route, as: key)
    case _ where route.contains("/points/boards"): return try board(route, as: key)
    case _ where route.contains("/reward-"): return try ofRewards(route, as: key)
    case _ where route.contains("/snapshots"): return try ofSnapshots(route, as: key)
    case _: return try reading(route, as: key)
    }
  }

  /// Of boards, each time with one of its own.
  private mutating func board(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    let name = "board-\(count)"
    let body = """
      {"name":"\(name)","period":"seasons",
        "seasons":[{"label":"now","startsAt":"2020-01-01T00:00:00Z","endsAt":"2040-01-01T00:00:00Z"}]}
      """
    guard route != "POST /points/boards" else { return (.post("/points/boards", body, as: key), 201) }
    let made = try caller.ask(.post("/points/boards", body, as: admin))
    #expect(made.status == 201, "\(made.body)")
    let path = "/points/boards/\(name)"
    switch route {
    case "GET /points/boards": return (.get("/points/boards", as: key), 200)
    case "GET /points/boards/{nameOrId}": return (.get(path, as: key), 200)
    case "PATCH /points/boards/{nameOrId}":
      return (Call(method: "PATCH", target: path, key: key, body: "{}"), 200)
    case "DELETE /points/boards/{nameOrId}": return (Call(method: "DELETE", target: path, key: key), 204)
    case "GET /points/boards/{nameOrId}/periods": return (.get(path + "/periods", as: key), 200)
    case "POST /points/boards/{nameOrId}/periods":
      let season = #"{"label":"next","startsAt":"2040-01-01T00:00:00Z","endsAt":"2041-01-01T00:00:00Z"}"#
      return (.post(path + "/periods", season, as: key), 201)
    case "POST /points/boards/{nameOrId}/periods/{label}/close":
      return (.post(path + "/periods/now/close", "{}", as: key), 200)
    case "POST /points/boards/{nameOrId}/periods/{label}/extend":
      return (.post(path + "/periods/now/extend", #"{"until":"2039-01-01T00:00:00Z"}"#, as: key), 200)
    case _:
      Issue.record("there is no sample of \(route)")
      return (.get("/nowhere", as: key), 0)
    }
  }

  private func ofSchedules(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    let path = "/points/snapshots/schedules"
    let name = "nightly-\(count)"
    let body = #"{"name":"\#(name)","schedule":"0 3 * * *","timeZone":"Europe/Berlin","keepDays":9}"#
    if route.hasPrefix("POST") { return (.post(path, body, as: key), 201) }
    let made = try caller.ask(.post(path, body, as: admin))
    #expect(made.status == 201, "\(made.body)")
    switch route {
    case "GET \(path)": return (.get(path, as: key), 200)
    case "GET \(path)/{name}": return (.get("\(path)/\(name)", as: key), 200)
    case _: return (Call(method: "DELETE", target: "\(path)/\(name)", key: key), 204)
    }
  }

  /// Each rule is for ranks of its own.
  private func ofRewards(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    let (rules, terms) = ("/points/reward-rules", "/points/reward-terms")
    let body = #"{"minRank":\#(count),"maxRank":\#(count),"rewardAmount":5}"#
    switch route {
    case "POST \(rules)": return (.post(rules, body, as: key), 201)
    case "GET \(rules)": return (.get(rules, as: key), 200)
    case "GET \(terms)": return (.get(terms, as: key), 200)
    case "PUT \(terms)":
      return (Call(method: "PUT", target: terms, key: key, body: #"{"ties":"split"}"#), 200)
    case "DELETE \(terms)":
      let set = try caller.ask(Call(method: "PUT", target: terms, key: admin, body: #"{"ties":"split"}"#))
      #expect(set.status == 200)
      return (Call(method: "DELETE", target: terms, key: key), 204)
    case _:
      let made = try caller.ask(.post(rules, body, as: admin))
      #expect(made.status == 201, "\(made.body)")
      let path = "\(rules)/\(made.json["id"].text ?? "")"
      if route.hasSuffix("/versions") { return (.get("\(path)/versions", as: key), 200) }
      if route.hasPrefix("PATCH") { return (Call(method: "PATCH", target: path, key: key, body: "{}"), 200) }
      if route.hasPrefix("DELETE") { return (Call(method: "DELETE", target: path, key: key), 204) }
      return (.get(path, as: key), 200)
    }
  }

  private func ofSnapshots(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    _ = try posted()
    if route.contains("/schedules") { return try ofSchedules(route, as: key) }
    if route == "POST /points/snapshots" { return (.post("/points/snapshots", "{}", as: key), 201) }
    let taken = try caller.ask(.post("/points/snapshots", "{}", as: admin))
    #expect(taken.status == 201)
    let id = taken.json["id"].text ?? ""
    if route.hasPrefix("PATCH") {
      let body = #"{"keepUntil":"2040-01-01T00:00:00Z"}"#
      return (Call(method: "PATCH", target: "/points/snapshots/\(id)", key: key, body: body), 200)
    }
    if route.hasPrefix("POST") {
      let body = #"{"reason":"a second account","disqualify":["anna"]}"#
      return (.post("/points/snapshots/\(id)/revisions", body, as: key), 201)
    }
    var target = String(route.dropFirst("GET ".count)).replacingOccurrences(of: "{id}", with: id)
    target = target.replacingOccurrences(of: "{userId}", with: "anna")
    return (.get(target + (route.hasSuffix("/diff") ? "?against=\(id)" : ""), as: key), 200)
  }

  private mutating func reading(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    switch route {
    case "GET /points/balance", "GET /points/history", "GET /points/leaderboard/rank",
      "GET /points/leaderboard/history", "GET /points/leaderboard/explain",
      "GET /points/leaderboard/around":
      _ = try posted()
      return (.get("\(route.dropFirst("GET ".count))?userId=anna", as: key), 200)
    case "GET /points/leaderboard/stream", "GET /points/leaderboard/rank/stream",
      "GET /points/leaderboard/around/stream":
      _ = try posted()
      let user = route == "GET /points/leaderboard/stream" ? "" : "&userId=anna"
      return (.get("\(route.dropFirst("GET ".count))?events=1\(user)", as: key), 200)
    case "POST /points/balances":
      return (.post("/points/balances", #"{"accounts":[{"userId":"anna"}]}"#, as: key), 200)
    case "POST /points/leaderboard/users":
      return (.post("/points/leaderboard/users", #"{"userIds":["anna"]}"#, as: key), 200)
    case "POST /points/types": return (.post("/points/types", Self.type("made-\(count)"), as: key), 201)
    case "GET /points/types/{nameOrId}": return (.get("/points/types/points", as: key), 200)
    case "PATCH /points/types/{nameOrId}":
      return (Call(method: "PATCH", target: "/points/types/points", key: key, body: "{}"), 200)
    case "DELETE /points/types/{nameOrId}":
      let made = try caller.ask(.post("/points/types", Self.type("gone-\(count)"), as: admin))
      #expect(made.status == 201)
      return (Call(method: "DELETE", target: "/points/types/gone-\(count)", key: key), 204)
    case "PUT /points/users/{userId}":
      return (Call(method: "PUT", target: "/points/users/new%2F\(count)", key: key, body: "{}"), 201)
    case "GET /points/users/{userId}":
      _ = try posted()
      return (.get("/points/users/anna", as: key), 200)
    case "GET /points/jobs/{name}": return (.get("/points/jobs/sweep-leases", as: key), 200)
    case "POST /points/jobs/{name}/run": return (.post("/points/jobs/sweep-leases/run", nil, as: key), 202)
    case "GET /points/jobs", "GET /points/types", "GET /points/leaderboard",
      "GET /points/leaderboard/distribution", "GET /health", "GET /ready", "GET /version",
      "GET /points/audit", "GET /points/report-key",
      "GET /metrics", "GET /openapi.yaml":
      return (.get(String(route.dropFirst("GET ".count)), as: key), 200)
    case _:
      Issue.record("there is no sample of \(route)")
      return (.get("/nowhere", as: key), 0)
    }
  }

  /// A new transaction of anna's, made by an admin.
  private func posted() throws -> JSONText {
    let answer = try caller.ask(.post("/points/award", Self.change(3), as: admin))
    #expect(answer.status == 201)
    return answer.json["transaction"]
  }

  private static func change(_ amount: Int) -> String { #"{"userId":"anna","amount":\#(amount)}"# }

  private static let posting = #"{"legs":[{"type":"credit","userId":"anna","amount":1}]}"#

  private static func type(_ name: String) -> String { #"{"name":"\#(name)","displayName":"Made"}"# }
}
