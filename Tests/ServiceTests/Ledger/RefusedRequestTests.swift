// Requests that are wrong in themselves: each is told what is wrong, and nothing comes of it.
import Configuration
import TestSupport
import Testing

extension WholeService {
  @Suite struct RefusedRequestTests {
    private static let award = #"{"userId":"anna","amount":1}"#

    @Test func `a parameter sent twice, or unknown, is refused by its name`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        for (target, field) in [
          ("/points/balance?userId=a&userId=a", "userId"), ("/points/balance?userId=a&user=b", "user"),
          ("/points/history?userId=a&limit=1&limit=2", "limit"), ("/points/leaderboard?limt=3", "limt"),
          ("/points/leaderboard?limit=0", "limit"), ("/points/leaderboard?limit=1001", "limit"),
          ("/points/leaderboard?offset=-1", "offset"), ("/points/leaderboard?offset=x", "offset"),
          ("/points/leaderboard/around?userId=a&score=1", "userId"), ("/points/leaderboard/around", "userId"),
          ("/points/history?userId=a&cursor=zz", "cursor"), ("/points/history?userId=a&from=today", "from"),
          ("/points/balance?userId=a&at=yesterday", "at"),
          ("/points/balance?userId=a&minVersion=-1", "minVersion"),
          ("/points/balance?userId=a&consistency=strong", "consistency"), ("/points/balance", "userId"),
        ] {
          let answer = try caller.ask(.get(target, as: installation.service))
          #expect(answer.status == 400 && answer.code == "validation_failed", "\(target): \(answer.body)")
          #expect(answer.json["field"].text == field, "\(target): \(answer.body)")
        }
      }
    }

    @Test func `a field unknown, repeated or of the wrong kind is refused by its place`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        for (route, body, field) in [
          ("award", #"{"userId":"anna","amount":1,"points":1}"#, "points"),
          ("award", #"{"userId":"anna","amount":1,"amount":2}"#, "amount"),
          ("award", #"{"userId":7,"amount":1}"#, "userId"),
          ("award", #"{"userId":"anna","amount":1,"kind":"Award"}"#, "kind"),
          ("award", #"{"userId":"anna","amount":1,"kind":"reversal"}"#, "kind"),
          ("award", #"{"userId":"anna","amount":1,"metadata":[]}"#, "metadata"),
          ("award", #"{"userId":"anna","amount":1,"type":"credit"}"#, "type"),
          ("award", #"{"userId":"anna","amount":1,"occurredAt":"2001-01-01T00:00:00Z"}"#, "occurredAt"),
          ("postings", #"{"legs":[]}"#, "legs"), ("postings", #"{}"#, "legs"),
          ("postings", #"{"legs":[{"type":"gift","userId":"anna","amount":1}]}"#, "legs[0].type"),
          ("postings", #"{"legs":[{"type":"credit","userId":"anna","amount":1,"x":1}]}"#, "legs[0].x"),
          ("balances", #"{"accounts":[{"userId":"anna","x":1}]}"#, "accounts[0].x"),
          ("leaderboard/users", #"{"userIds":["a",1]}"#, "userIds[1]"),
        ] {
          let answer = try caller.ask(.post("/points/\(route)", body, as: installation.service))
          #expect(answer.status == 400 && answer.code == "validation_failed", "\(body): \(answer.body)")
          #expect(answer.json["field"].text == field, "\(body): \(answer.body)")
        }
        try expectNothingPosted(caller, installation)
      }
    }

    @Test func `a body that is no JSON object, or says it is none, is refused`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        for body in ["", "[]", "1", "{", "{}{}", #"{"userId":"anna","amount":1}x"#, "\u{FEFF}{}", "{'a':1}"] {
          let answer = try caller.ask(.post("/points/award", body, as: installation.service))
          #expect(answer.status == 400, "\(body): \(answer.body)")
        }
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/problem+json", "", nil] {
          var call = Call.post("/points/award", Self.award, as: installation.service)
          call.contentType = type
          let answer = try caller.ask(call)
          #expect(answer.status == 415 && answer.code == "unsupported_media_type", "\(type ?? "none")")
        }
        try expectNothingPosted(caller, installation)
        var call = Call.post("/points/award", Self.award, as: installation.service)
        call.contentType = "Application/JSON; charset=utf-8"
        #expect(try caller.ask(call).status == 201)
      }
    }

    @Test func `bodies are taken up to their limit, and one byte above it are not`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.maxBody = .kibibytes(128)
      } _: { service in
        for (route, limit) in [("award", 64 * 1024), ("postings", 128 * 1024)] {
          let body =
            route == "award"
            ? Self.award : #"{"legs":[{"type":"credit","userId":"anna","amount":1}]}"#
          for (length, status) in [(limit, 201), (limit + 1, 413)] {
            let padded = body + String(repeating: " ", count: length - body.utf8.count)
            let answer = try Caller(port: service.port).ask(
              .post("/points/\(route)", padded, as: installation.service))
            #expect(answer.status == status, "\(route) of \(length) bytes: \(answer.body)")
            if status == 413 { #expect(answer.code == "payload_too_large") }
          }
        }
      }
    }

    @Test func `texts are taken up to their bytes, and postings up to their legs`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        for (field, most) in [
          ("reason", 512), ("description", 2048), ("actor", 128), ("validatorId", 128), ("relatedTo", 128),
          ("tournamentId", 128), ("registrationId", 128),
        ] {
          for (length, status) in [(most, 201), (most + 1, 400)] {
            // Two bytes each, and one more where the length is odd.
            let text =
              String(repeating: "\u{E9}", count: length / 2) + String(repeating: "x", count: length % 2)
            let body = #"{"userId":"anna","amount":1,"\#(field)":"\#(text)"}"#
            let answer = try caller.ask(.post("/points/award", body, as: installation.service))
            #expect(answer.status == status, "\(field) of \(length): \(answer.body)")
            if status == 201 { #expect(answer.json["transaction"][field].hasBytes(of: text)) }
          }
        }
        for (length, status) in [(4096, 201), (4097, 400)] {
          let metadata = #"{"a":"\#(String(repeating: "x", count: length - 8))"}"#
          let body = #"{"userId":"anna","amount":1,"metadata":\#(metadata)}"#
          #expect(try caller.ask(.post("/points/award", body, as: installation.service)).status == status)
        }
        let leg = #"{"type":"credit","userId":"bert","amount":1}"#
        for (count, status) in [(1000, 201), (1001, 400)] {
          let legs = Array(repeating: leg, count: count).joined(separator: ",")
          let answer = try caller.ask(
            .post("/points/postings", #"{"legs":[\#(legs)]}"#, as: installation.service))
          #expect(answer.status == status, "\(count) legs: \(answer.body.prefix(300))")
        }
        let balance = try caller.ask(.get("/points/balance?userId=bert", as: installation.service)).json
        #expect(balance["balance"].integer == 1000 && balance["version"].integer == 1000)
      }
    }

    private func expectNothingPosted(_ caller: Caller, _ installation: Installation) throws {
      let balance = try caller.ask(
        .get("/points/balance?userId=anna&consistency=ledger", as: installation.service))
      #expect(balance.json["version"].integer == 0)
    }
  }
}
