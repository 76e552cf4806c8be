// Definitions change by way of one process while another, which stood still, knows the old ones only.
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct DefinitionFaultTests {
    @Test func `a process that slept through a change of definitions does nothing by the old ones`()
      async throws
    {
      let installation = try await Installation.make()
      let services = try ServicePair(on: installation)
      try installation.waitUntilMirrored(services.ports)
      let change = try Caller(port: services.ports[0])
      let old = try Caller(port: services.ports[1])
      let post = { (name: String, amount: Int) in
        Call.post(
          "/points/award", #"{"userId":"anna","amount":\#(amount),"pointType":"\#(name)"}"#,
          as: installation.service)
      }
      for name in ["closed", "bounded", "deleted", "replaced"] {
        let made = try change.ask(
          .post("/points/types", #"{"name":"\#(name)","displayName":"\#(name)"}"#, as: installation.admin))
        #expect(made.status == 201)
      }
      #expect(try old.ask(post("closed", 5)).status == 201)
      #expect(try old.ask(post("bounded", 5)).status == 201)
      let first = try old.ask(.get("/points/types/replaced", as: installation.admin)).json["id"].text

      services[1].suspend()
      defer { services[1].resume() }
      let ask = { (method: String, target: String, body: String?) in
        try change.ask(
          Call(method: method, target: "/points/types/\(target)", key: installation.admin, body: body)
        ).status
      }
      #expect(try ask("PATCH", "closed", #"{"enabled":false}"#) == 200)
      #expect(try ask("PATCH", "bounded", #"{"maxAmount":3}"#) == 200)
      #expect(try ask("DELETE", "deleted", nil) == 204)
      #expect(try ask("DELETE", "replaced", nil) == 204)
      let again = try change.ask(
        .post("/points/types", #"{"name":"replaced","displayName":"Again"}"#, as: installation.admin))
      #expect(again.status == 201)
      // All at once, before it had a chance to look.
      let callers = try (0..<4).map { _ in try Caller(port: services.ports[1]) }
      let posts = [post("closed", 1), post("bounded", 4), post("deleted", 1), post("replaced", 1)]
      for (caller, call) in zip(callers, posts) { try caller.send(call.bytes) }
      services[1].resume()
      let answers = try callers.map { try $0.answer() }
      #expect(answers[0].status == 409 && answers[0].code == "type_disabled", "\(answers[0].body)")
      #expect(answers[1].status == 422, "\(answers[1].body)")
      #expect(answers[2].status == 404, "\(answers[2].body)")

      // The name means the new one now. Who still took it for the old one was refused, and asks again.
      let isNew = try Eventually.holds(within: Ordeal.healing) {
        let answer = try old.ask(post("replaced", 2))
        #expect([201, 404].contains(answer.status), "\(answer.body)")
        return answer.status == 201
      }
      #expect(isNew)
      let id = try old.ask(.get("/points/types/replaced", as: installation.admin)).json["id"].text
      #expect(id == again.json["id"].text && id != first)
      let sum: Int64 = answers[3].status == 201 ? 3 : 2
      let board = { (caller: Caller) in
        try caller.ask(.get("/points/leaderboard?pointType=replaced", as: installation.service)).json
      }
      let isOnBoards = try Eventually.holds(within: Ordeal.healing) {
        try [change, old].allSatisfy {
          let json = try board($0)
          return json["source"].text == "redis" && json["entries"][0]["score"].integer == sum
        }
      }
      #expect(isOnBoards, "\(answers[3].body)")
      for name in ["closed", "bounded"] {
        let balance = try old.ask(
          .get("/points/balance?userId=anna&pointType=\(name)", as: installation.service))
        #expect(balance.json["balance"].integer == 5)
      }
    }
  }
}
