// Users by their routes.
import Testing

@testable import API

@Suite(.serialized) struct UserRoutesTests {
  @Test func `a user is put and read back`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.get("/points/users/ada")
      #expect(answer.problem == "404 not_found")
      let body = #"{"displayName":"Ada","enabled":false,"metadata":{"team":7}}"#
      let created = try await worker.send("PUT", "/points/users/ada", body)
      #expect(created.status == 201 && created["displayName"] == "Ada" && created["metadata.team"] == "7")
      #expect(created["enabled"] == "false")
      let repeated = try await worker.send("PUT", "/points/users/ada", body)
      #expect(repeated.status == 200 && repeated.bytes == created.bytes)
      #expect(try await worker.get("/points/users/ada").bytes == created.bytes)
      let bare = try await worker.send("PUT", "/points/users/ada", "{}")
      #expect(bare["displayName"] == "null" && bare["enabled"] == "true" && bare["metadata"] == "null")
    }
  }

  @Test func `a new name is on the boards at once`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await worker.award(5, to: "a b/ä")
      let put = try await worker.send("PUT", "/points/users/a%20b%2F%C3%A4", #"{"displayName":"Ada"}"#)
      #expect(put.status == 200 && put["userId"] == "a b/ä")
      let page = try await worker.get("/points/leaderboard")
      #expect(page["source"] == "redis" && page.all("entries", "displayName") == ["Ada"])
    }
  }

  @Test(arguments: [
    #"{"displayName":""}"#, #"{"displayName":7}"#, #"{"metadata":[]}"#, #"{"enabled":"yes"}"#,
    #"{"name":"Ada"}"#, #"{"displayName":"a\nb"}"#,
  ])
  func `a user that cannot be is refused`(body: String) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.send("PUT", "/points/users/ada", body)
      #expect(answer.problem == "400 validation_failed")
      #expect(try await worker.get("/points/users/ada").status == 404)
    }
  }
}
