// Point types by their routes, and who may use which.
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct PointTypeRoutesTests {
  @Test func `a type is created, listed, changed and deleted`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let body = #"{"name":"gems","displayName":"Gems","minAmount":2,"maxAmount":9,"description":"Shiny."}"#
      let created = try await worker.send("POST", "/points/types", body)
      #expect(created.status == 201 && created["enabled"] == "true" && created["maxAmount"] == "9")
      #expect(try await worker.send("POST", "/points/types", body).problem == "409 type_exists")
      #expect(try await worker.get("/points/types").all("types", "name") == ["gems", "points"])
      let id = try #require(created["id"])
      let changed = try await worker.send(
        "PATCH", "/points/types/\(id)", #"{"enabled":false,"description":null,"maxAmount":20}"#)
      #expect(changed.status == 200 && changed["enabled"] == "false" && changed["description"] == "null")
      #expect(changed["minAmount"] == "2" && changed["maxAmount"] == "20" && changed["displayName"] == "Gems")
      #expect(try await worker.get("/points/types/gems").bytes == changed.bytes)
      let crossing = try await worker.send("PATCH", "/points/types/gems", #"{"minAmount":21}"#)
      #expect(crossing.problem == "400 validation_failed")
      #expect(try await worker.send("DELETE", "/points/types/gems").status == 204)
      #expect(try await worker.get("/points/types/gems").problem == "404 not_found")
      #expect(try await worker.send("DELETE", "/points/types/gems").problem == "404 not_found")
    }
  }

  @Test func `a type with accounts stays`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await worker.award(1, to: "ada")
      #expect(try await worker.send("DELETE", "/points/types/points").problem == "409 type_in_use")
      #expect(try await worker.get("/points/balance?userId=ada")["balance"] == "1")
    }
  }

  @Test(arguments: [
    #"{"name":"gems"}"#, #"{"name":"Gems","displayName":"G"}"#, #"{"name":"gems","displayName":""}"#,
    #"{"name":"00000000-0000-0000-0000-000000000000","displayName":"G"}"#,
    #"{"name":"gems","displayName":"G","minAmount":2,"maxAmount":1}"#,
    #"{"name":"gems","displayName":"G","color":"red"}"#, "[]",
  ])
  func `a type that cannot be is refused`(body: String) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.send("POST", "/points/types", body)
      #expect(answer.problem == "400 validation_failed")
    }
  }

  @Test func `each route takes the roles it should`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let admins = [
        "POST /points/types", "PATCH /points/types/x", "DELETE /points/types/x", "PUT /points/users/x",
        "POST /points/snapshots", "PATCH /points/snapshots/x", "POST /points/snapshots/schedules",
        "DELETE /points/snapshots/schedules/x", "POST /points/reward-rules", "PATCH /points/reward-rules/x",
        "DELETE /points/reward-rules/x", "PUT /points/reward-terms", "DELETE /points/reward-terms",
        "POST /points/boards", "PATCH /points/boards/x", "DELETE /points/boards/x",
      ]
      let services = [
        "GET /points/types", "GET /points/types/x", "GET /points/users/x", "GET /points/balance",
        "POST /points/balances", "GET /points/history", "GET /points/transactions/x",
        "GET /points/postings/x", "GET /points/snapshots/x/export",
        "GET /points/leaderboard/explain?userId=x", "GET /points/reward-rules", "GET /points/reward-rules/x",
        "GET /points/reward-rules/x/versions", "GET /points/reward-terms",
        "GET /points/distributions", "GET /points/distributions/x",
        "GET /points/distributions/x/transactions", "GET /points/transactions/x/reward",
        "GET /points/distributions/x/report", "GET /points/report-key",
      ]
      let payers = [
        "POST /points/distributions", "POST /points/distributions/x/approve",
        "POST /points/distributions/x/reject", "POST /points/distributions/x/retry",
        "POST /points/snapshots/x/revisions",
      ]
      let readers = [
        "GET /points/leaderboard", "GET /points/leaderboard/rank", "GET /points/leaderboard/around",
        "POST /points/leaderboard/users", "GET /points/leaderboard/distribution",
        "GET /points/leaderboard/stream?events=1",
        "GET /points/leaderboard/rank/stream?userId=x&events=1",
        "GET /points/leaderboard/around/stream?score=1&events=1", "GET /points/leaderboard/history?userId=x",
        "GET /points/snapshots", "GET /points/snapshots/x", "GET /points/snapshots/x/entries",
        "GET /points/snapshots/x/users/u", "GET /points/snapshots/x/diff",
        "GET /points/snapshots/x/revisions",
        "GET /points/snapshots/schedules", "GET /points/snapshots/schedules/x",
        "GET /points/boards", "GET /points/boards/x",
      ]
      let table: [(Role, [String])] = [
        (.admin, admins), (.payouts, payers), (.service, services), (.reader, readers),
      ]
      #expect(worker.routes.list.count == table.reduce(0) { $0 + $1.1.count })
      for (least, routes) in table {
        for route in routes {
          let parts = route.split(separator: " ").map(String.init)
          let body = ["POST", "PUT", "PATCH"].contains(parts[0]) ? "{}" : nil
          for role in Role.allCases {
            let answer = try await worker.send(parts[0], parts[1], body, as: role)
            #expect((answer.problem == "403 forbidden") == (role < least), "\(route) as \(role)")
          }
          let stranger = try await worker.send(parts[0], parts[1], body, as: nil)
          #expect(stranger.problem == "401 unauthorized")
        }
      }
    }
  }
}
