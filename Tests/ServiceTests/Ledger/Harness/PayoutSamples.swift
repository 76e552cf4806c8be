// For each route of payouts a request that succeeds. Each is about a point type of its own, so that the rules
// of one are nothing to another.
import TestSupport
import Testing

struct PayoutSamples {
  private struct Unmet: Error {
    let answer: String
  }

  private let caller: Caller
  private let admin: String
  /// Of another service, which approves what an admin has planned, and plans what an admin approves.
  private let payer: String
  private let path = "/points/distributions"
  private var count = 0
  /// Paid, but for one line that is refused whenever it is tried.
  private var paid: String?

  init(_ caller: Caller, admin: String, payer: String) {
    self.caller = caller
    self.admin = admin
    self.payer = payer
  }

  mutating func call(_ route: String, as key: String?) throws -> (call: Call, status: Int) {
    switch route {
    case "POST \(path)":
      return (.post(path, #"{"snapshotId":"\#(try ranks())"}"#, as: key), 201)
    case "GET \(path)": return (.get(path, as: key), 200)
    case "POST \(path)/{id}/approve":
      let planned = try planned(approvedBy: key)
      let body = #"{"hash":"\#(planned["hash"].text ?? "")"}"#
      return (.post("\(path)/\(planned["id"].text ?? "")/approve", body, as: key), 200)
    case "POST \(path)/{id}/reject":
      let id = try planned(approvedBy: key)["id"].text ?? ""
      return (.post("\(path)/\(id)/reject", #"{"reason":"no"}"#, as: key), 200)
    case "POST \(path)/{id}/retry": return (.post("\(path)/\(try settled())/retry", nil, as: key), 200)
    case "GET /points/transactions/{id}/reward":
      let lines = try ask(.get("\(path)/\(try settled())/transactions", as: admin), 200)["lines"].list
      let id = lines.lazy.compactMap { $0["transactionId"].text }.first ?? ""
      return (.get("/points/transactions/\(id)/reward", as: key), 200)
    case _:
      let target = route.dropFirst("GET ".count).replacing("{id}", with: try settled())
      return (.get(String(target), as: key), 200)
    }
  }

  private func ask(_ call: Call, _ status: Int) throws -> JSONText {
    let answer = try caller.ask(call)
    guard answer.status == status else { throw Unmet(answer: "\(call.target): \(answer.body)") }
    return answer.json
  }

  /// A snapshot whose first two are rewarded.
  private mutating func ranks(_ terms: String? = nil) throws -> String {
    count += 1
    let type = "prizes-\(count)"
    _ = try ask(.post("/points/types", #"{"name":"\#(type)","displayName":"Prizes"}"#, as: admin), 201)
    for user in ["anna", "locked-\(count)"] {
      let award = #"{"userId":"\#(user)","amount":3,"pointType":"\#(type)"}"#
      _ = try ask(.post("/points/award", award, as: admin), 201)
    }
    let rule =
      #"{"pointType":"\#(type)","minRank":1,"maxRank":2,"rewardAmount":5,"rewardPointType":"\#(type)"}"#
    _ = try ask(.post("/points/reward-rules", rule, as: admin), 201)
    if let terms {
      let body = #"{"pointType":"\#(type)",\#(terms)}"#
      _ = try ask(Call(method: "PUT", target: "/points/reward-terms", key: admin, body: body), 200)
    }
    let taken = try ask(.post("/points/snapshots", #"{"pointType":"\#(type)"}"#, as: admin), 201)
    return taken["id"].text ?? ""
  }

  /// One that waits for whoever has the key.
  private mutating func planned(approvedBy key: String?) throws -> JSONText {
    let snapshot = try ranks(#""approval":"other_service""#)
    let planner = key == payer ? admin : payer
    return try ask(.post(path, #"{"snapshotId":"\#(snapshot)"}"#, as: planner), 201)
  }

  private mutating func settled() throws -> String {
    let (caller, path, admin) = (caller, path, admin)
    let id = try paid ?? half()
    paid = id
    let isPaid = try Eventually.holds(within: .seconds(10)) {
      try caller.ask(.get("\(path)/\(id)", as: admin)).json["phase"].text == "paid"
    }
    #expect(isPaid, "a payout is paid within seconds")
    return id
  }

  private mutating func half() throws -> String {
    let snapshot = try ranks()
    _ = try ask(
      Call(method: "PUT", target: "/points/users/locked-\(count)", key: admin, body: #"{"enabled":false}"#),
      200)
    let planned = try ask(.post(path, #"{"snapshotId":"\#(snapshot)"}"#, as: payer), 201)
    return planned["id"].text ?? ""
  }
}
