// What lies at the edges of what the ledger takes, from outside: digits above 2^53, figures that would
// overflow, and user ids that look alike or look dangerous.
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct EdgeTests {
    private static let edges: [Int64] = [1, 1 << 53 - 1, 1 << 53, 1 << 53 + 1, .max - 1, .max]

    @Test func `amounts keep every digit, in and out, on every route and board`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let key = installation.service
        for (index, amount) in Self.edges.enumerated() {
          let user = "u\(index)"
          let made = try caller.ask(
            .post("/points/award", #"{"userId":"\#(user)","amount":\#(amount)}"#, as: key, once: user))
          #expect(made.status == 201, "\(made.body)")
          #expect(made.json["transaction"]["amount"].digits == "\(amount)")
          #expect(made.json["transaction"]["after"].digits == "\(amount)")
          #expect(made.json["balance"]["totalEarned"].digits == "\(amount)")
          #expect(made.json["projected"].isTrue)
          for query in ["", "&consistency=ledger", "&at=2100-01-01T00:00:00Z"] {
            let balance = try caller.ask(.get("/points/balance?userId=\(user)\(query)", as: key)).json
            #expect(balance["balance"].digits == "\(amount)", "\(query)")
            #expect(balance["totalEarned"].digits == "\(amount)")
          }
          let history = try caller.ask(.get("/points/history?userId=\(user)", as: key)).json
          #expect(history["transactions"][0]["amount"].digits == "\(amount)")
        }
        for board in ["balance", "earned"] {
          let page = try caller.ask(.get("/points/leaderboard?board=\(board)", as: key)).json
          #expect(page["source"].text == "redis")
          #expect(page["entries"].list.map { $0["score"].digits } == Self.edges.reversed().map { "\($0)" })
          #expect(page["entries"].list.map { $0["rank"].integer } == [1, 2, 3, 4, 5, 6])
          // 2^63-1 + 2^63-2 + 3 * 2^53 + 1: more than 64 bits hold.
          #expect(page["statistics"]["sum"].digits == "18473765671473774590")
          let rank = try caller.ask(.get("/points/leaderboard/rank?userId=u2&board=\(board)", as: key)).json
          #expect(rank["rank"].integer == 4 && rank["missing"].integer == 1)
        }
      }
    }

    @Test func `what is no amount is told so, and the key may be used again`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        for (index, amount) in [
          "0", "-1", "-0", "1.0", "1.5", "1e3", "\"5\"", "9223372036854775808", "18446744073709551616",
          "1e400", "true", "[1]", "{}", "null", "",
        ].enumerated() {
          let member = amount.isEmpty ? "" : #","amount":\#(amount)"#
          let refused = try caller.ask(
            .post(
              "/points/award", #"{"userId":"anna"\#(member)}"#, as: installation.service, once: "k\(index)"))
          #expect(refused.status == 400 && refused.code == "invalid_amount", "\(refused.body)")
          #expect(refused.json["field"].text == "amount")
          let made = try caller.ask(
            .post(
              "/points/award", #"{"userId":"anna","amount":5}"#, as: installation.service, once: "k\(index)"))
          #expect(made.status == 201 && !made.isReplay)
          #expect(made.json["balance"]["version"].integer == Int64(index + 1))
        }
      }
    }

    @Test func `nothing overflows: balance and both totals are refused one point above the largest`()
      async throws
    {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let key = installation.service
        func post(_ route: String, _ members: String) throws -> Answer {
          try caller.ask(.post("/points/\(route)", #"{"userId":"anna",\#(members)}"#, as: key))
        }
        let most = Int64.max
        #expect(try post("award", #""amount":\#(most)"#).status == 201)
        try expectOverflow("balance", try post("award", #""amount":1,"kind":"adjustment""#))
        // What is spent leaves room in the balance, but not in what was ever earned.
        #expect(try post("deduct", #""amount":\#(most)"#).status == 201)
        try expectOverflow("totalEarned", try post("award", #""amount":1"#))
        #expect(try post("award", #""amount":5,"kind":"adjustment""#).status == 201)
        try expectOverflow("totalSpent", try post("deduct", #""amount":1"#))
        let group = try caller.ask(
          .post(
            "/points/postings",
            """
            {"legs":[{"type":"credit","userId":"bert","amount":5},\
            {"type":"credit","userId":"anna","amount":1}]}
            """, as: key))
        try expectOverflow("totalEarned", group)
        #expect(group.json["leg"].integer == 1)
        let anna = try caller.ask(.get("/points/balance?userId=anna&consistency=ledger", as: key)).json
        #expect(anna["balance"].integer == 5 && anna["version"].integer == 3)
        #expect(anna["totalEarned"].integer == most && anna["totalSpent"].integer == most)
        let bert = try caller.ask(.get("/points/balance?userId=bert&consistency=ledger", as: key)).json
        #expect(bert["version"].integer == 0)
      }
    }

    private func expectOverflow(_ figure: String, _ answer: Answer) throws {
      #expect(answer.status == 409 && answer.code == "overflow", "\(answer.body)")
      #expect(answer.json["figure"].text == figure)
    }

    @Test func `ids are told apart by their bytes, on every route that takes them`() async throws {
      let names = [
        "\u{E9}", "e\u{301}", "a/b", "a", "%", "%2F", "\"", "'; DROP TABLE users; --", "+", " ", "..", "*",
        "?&=#",
        "{}", "\\", String(repeating: "x", count: 128), String(repeating: "\u{E9}", count: 64), "名前",
      ]
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let (key, admin) = (installation.service, installation.admin)
        for (index, name) in names.enumerated() {
          let put = try caller.ask(
            Call(
              method: "PUT", target: "/points/users/\(name.percentEncoded)", key: admin,
              body: #"{"displayName":"No \#(index)"}"#))
          #expect(put.status == 201, "\(name): \(put.body)")
          let made = try caller.ask(
            .post("/points/award", #"{"userId":\#(name.quoted),"amount":\#(index + 1)}"#, as: key))
          #expect(made.status == 201, "\(name): \(made.body)")
          #expect(made.json["transaction"]["userId"].hasBytes(of: name))
        }
        for (index, name) in names.enumerated() {
          let query = "userId=\(name.percentEncoded)"
          let balance = try caller.ask(.get("/points/balance?\(query)", as: key)).json
          #expect(balance["balance"].integer == Int64(index + 1) && balance["userId"].hasBytes(of: name))
          #expect(balance["source"].text == "redis")
          let history = try caller.ask(.get("/points/history?\(query)", as: key)).json["transactions"]
          #expect(history.list.map { $0["amount"].integer } == [Int64(index + 1)])
          let rank = try caller.ask(.get("/points/leaderboard/rank?\(query)", as: key)).json
          #expect(rank["rank"].integer == Int64(names.count - index) && rank["userId"].hasBytes(of: name))
          #expect(rank["displayName"].text == "No \(index)")
          let user = try caller.ask(.get("/points/users/\(name.percentEncoded)", as: key)).json
          #expect(user["userId"].hasBytes(of: name) && user["displayName"].text == "No \(index)")
        }
        let list = names.map(\.quoted).joined(separator: ",")
        let ranks = try caller.ask(.post("/points/leaderboard/users", #"{"userIds":[\#(list)]}"#, as: key))
          .json
        #expect(ranks["entries"].list.count == names.count && ranks["unranked"].list.isEmpty)
      }
    }

    @Test func `what is no id is refused wherever an id stands`() async throws {
      let long = String(repeating: "x", count: 129)
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let (key, admin) = (installation.service, installation.admin)
        for name in [
          "", long, String(repeating: "\u{E9}", count: 65), "a\u{0}b", "a\nb", "a\u{7F}", "a\u{9F}",
        ] {
          let encoded = name.percentEncoded
          var answers = [
            try caller.ask(.post("/points/award", #"{"userId":\#(name.quoted),"amount":1}"#, as: key)),
            try caller.ask(.get("/points/balance?userId=\(encoded)", as: key)),
            try caller.ask(.get("/points/history?userId=\(encoded)", as: key)),
            try caller.ask(.get("/points/leaderboard/rank?userId=\(encoded)", as: key)),
            try caller.ask(.post("/points/leaderboard/users", #"{"userIds":[\#(name.quoted)]}"#, as: key)),
          ]
          if !name.isEmpty {
            answers.append(
              try caller.ask(
                Call(method: "PUT", target: "/points/users/\(encoded)", key: admin, body: "{}")))
          }
          for answer in answers {
            #expect(answer.status == 400 && answer.code == "validation_failed", "\(answer.body)")
            // NUL is refused before anybody knows what it stands in.
            guard !name.utf8.contains(0) else { continue }
            #expect(answer.json["field"].text?.hasPrefix("userId") == true, "\(answer.body)")
          }
        }
      }
    }
  }
}

extension JSONText {
  /// Equal byte by byte, where Swift would take two spellings of one letter for one.
  func hasBytes(of other: String) -> Bool {
    text.map { $0.utf8.elementsEqual(other.utf8) } ?? false
  }
}
