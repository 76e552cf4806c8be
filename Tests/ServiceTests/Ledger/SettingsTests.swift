// What an installation lets happen, by its settings and by what its admins say of types and users.
import Configuration
import TestSupport
import Testing

extension WholeService {
  @Suite struct SettingsTests {
    @Test func `with registered users only, points are for those who were registered`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.users = .registered
      } _: { service in
        let desk = try Desk(service, installation)
        let refused = try desk.post("award", #"{"userId":"anna","amount":3}"#, once: "k")
        #expect(refused.status == 422 && refused.code == "user_unknown")
        #expect(try desk.put("users/anna", "{}").status == 201)
        // A refusal is an answer, and kept; what is new gets a new key.
        let again = try desk.post("award", #"{"userId":"anna","amount":3}"#, once: "k")
        #expect(again.isReplay && again.lasting == refused.lasting)
        #expect(try desk.post("award", #"{"userId":"anna","amount":3}"#, once: "l").status == 201)
        let group = try desk.post(
          "postings",
          """
          {"legs":[{"type":"credit","userId":"anna","amount":1},\
          {"type":"credit","userId":"bert","amount":1}]}
          """)
        #expect(group.status == 422 && group.code == "user_unknown" && group.json["leg"].integer == 1)
        #expect(try desk.version(of: "anna") == 1 && desk.version(of: "bert") == 0)
      }
    }

    @Test func `a disabled type refuses all but reversals by an admin, and is still read`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let desk = try Desk(service, installation)
        #expect(try desk.admin("types", #"{"name":"gems","displayName":"Gems"}"#).status == 201)
        let made = try desk.post("award", #"{"userId":"anna","amount":9,"pointType":"gems"}"#)
        let id = try #require(made.json["transaction"]["id"].text)
        #expect(try desk.patch("types/gems", #"{"enabled":false}"#).json["enabled"].isTrue == false)
        for route in ["award", "deduct"] {
          let refused = try desk.post(route, #"{"userId":"anna","amount":1,"pointType":"gems"}"#)
          #expect(refused.status == 409 && refused.code == "type_disabled", "\(route): \(refused.body)")
        }
        #expect(try desk.post("transactions/\(id)/reverse", #"{"amount":1}"#).code == "type_disabled")
        let reversed = try desk.admin("transactions/\(id)/reverse", #"{"amount":4}"#)
        #expect(reversed.status == 201 && reversed.json["balance"]["balance"].integer == 5)
        let balance = try desk.get("balance?userId=anna&pointType=gems")
        #expect(balance.json["balance"].integer == 5)
        #expect(try desk.patch("types/gems", #"{"enabled":true}"#).status == 200)
        #expect(try desk.post("award", #"{"userId":"anna","amount":1,"pointType":"gems"}"#).status == 201)
        #expect(try desk.delete("types/gems").code == "type_in_use")
      }
    }

    @Test func `nothing is posted to a disabled user, except reversals by an admin`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let desk = try Desk(service, installation)
        let made = try desk.post("award", #"{"userId":"anna","amount":9}"#)
        let id = try #require(made.json["transaction"]["id"].text)
        #expect(try desk.put("users/anna", #"{"enabled":false,"displayName":"Anna"}"#).status == 200)
        for route in ["award", "deduct"] {
          let refused = try desk.post(route, #"{"userId":"anna","amount":1}"#)
          #expect(refused.status == 409 && refused.code == "user_disabled", "\(route): \(refused.body)")
        }
        #expect(try desk.post("transactions/\(id)/reverse", #"{"amount":1}"#).code == "user_disabled")
        #expect(try desk.admin("transactions/\(id)/reverse", #"{"amount":2}"#).status == 201)
        let rank = try desk.get("leaderboard/rank?userId=anna")
        #expect(rank.json["score"].integer == 7 && rank.json["displayName"].text == "Anna")
      }
    }

    @Test func `the bounds of a type hold for both ways, and not for reversals`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let desk = try Desk(service, installation)
        let type = #"{"name":"gems","displayName":"Gems","minAmount":5,"maxAmount":50}"#
        #expect(try desk.admin("types", type).status == 201)
        for route in ["award", "deduct"] {
          for (amount, bound) in [(4, "minimum"), (51, "maximum")] {
            let refused = try desk.post(route, #"{"userId":"a","amount":\#(amount),"pointType":"gems"}"#)
            #expect(refused.status == 422 && refused.code == "limit_exceeded", "\(refused.body)")
            #expect(refused.json[bound].integer == (bound == "minimum" ? 5 : 50))
          }
        }
        let made = try desk.post("award", #"{"userId":"a","amount":50,"pointType":"gems"}"#)
        #expect(try desk.post("deduct", #"{"userId":"a","amount":5,"pointType":"gems"}"#).status == 201)
        let id = try #require(made.json["transaction"]["id"].text)
        let reversed = try desk.post("transactions/\(id)/reverse", #"{"amount":1}"#)
        #expect(reversed.status == 201 && reversed.json["remaining"].integer == 49)
        let wrong = try desk.patch("types/gems", #"{"minAmount":51}"#)
        #expect(wrong.status == 400, "a least above the most: \(wrong.body)")
      }
    }

    @Test func `awards keep to the bounds of the installation, deductions do not`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.minAward = 10
        $0.maxAward = 100
      } _: { service in
        let desk = try Desk(service, installation)
        for (amount, bound) in [(9, "minimum"), (101, "maximum")] {
          let refused = try desk.post("award", #"{"userId":"anna","amount":\#(amount)}"#, once: "k\(amount)")
          #expect(refused.status == 422 && refused.code == "limit_exceeded", "\(refused.body)")
          #expect(refused.json[bound].integer == (bound == "minimum" ? 10 : 100))
        }
        // It was never decided on, so the key is free.
        #expect(try desk.post("award", #"{"userId":"anna","amount":100}"#, once: "k9").status == 201)
        #expect(try desk.post("deduct", #"{"userId":"anna","amount":1}"#).status == 201)
        let credit = #"{"legs":[{"type":"credit","userId":"anna","amount":101}]}"#
        #expect(try desk.post("postings", credit).code == "limit_exceeded")
      }
    }

    @Test func `categories are those of the setting, and filter the history`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.categories = ["raid", "shop.v2"]
      } _: { service in
        let desk = try Desk(service, installation)
        for category in ["raid", "shop.v2", "raid"] {
          let made = try desk.post("award", #"{"userId":"anna","amount":1,"category":"\#(category)"}"#)
          #expect(made.status == 201 && made.json["transaction"]["category"].text == category)
        }
        let refused = try desk.post("award", #"{"userId":"anna","amount":1,"category":"Raid"}"#)
        #expect(refused.status == 422 && refused.code == "unknown_category")
        #expect(refused.json["category"].text == "Raid")
        let raids = try desk.get("history?userId=anna&category=raid").json["transactions"].list
        #expect(raids.map { $0["version"].integer } == [3, 1])
      }
    }
  }
}

/// Short ways to ask one service, as a service and as an admin.
private struct Desk {
  private let caller: Caller
  private let installation: Installation

  init(_ service: RunningService, _ installation: Installation) throws {
    caller = try Caller(port: service.port)
    self.installation = installation
  }

  func post(_ route: String, _ body: String, once name: String? = nil) throws -> Answer {
    try caller.ask(.post("/points/\(route)", body, as: installation.service, once: name))
  }

  func admin(_ route: String, _ body: String) throws -> Answer {
    try caller.ask(.post("/points/\(route)", body, as: installation.admin))
  }

  func get(_ target: String) throws -> Answer {
    try caller.ask(.get("/points/\(target)", as: installation.service))
  }

  func put(_ target: String, _ body: String) throws -> Answer {
    try change("PUT", target, body)
  }

  func patch(_ target: String, _ body: String) throws -> Answer {
    try change("PATCH", target, body)
  }

  func delete(_ target: String) throws -> Answer {
    try caller.ask(Call(method: "DELETE", target: "/points/\(target)", key: installation.admin))
  }

  func version(of user: String) throws -> Int64? {
    try get("balance?userId=\(user)&consistency=ledger").json["version"].integer
  }

  private func change(_ method: String, _ target: String, _ body: String) throws -> Answer {
    try caller.ask(
      Call(method: method, target: "/points/\(target)", key: installation.admin, body: body))
  }
}
