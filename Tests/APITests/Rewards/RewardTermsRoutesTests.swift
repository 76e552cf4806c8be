// Terms of rewards as admins set them.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct RewardTermsRoutesTests {
  private static let path = "/points/reward-terms"

  @Test func `terms are set, read as they are and were, and removed`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let body = """
        {"board":"earned","ties":"split","budgets":[{"pointType":"points","amount":900}],\
        "approval":"other_service","automatic":true}
        """
      let set = try await worker.send("PUT", Self.path, body)
      #expect(set.status == 200, "\(set.text)")
      #expect(set["board"] == "earned" && set["ties"] == "split" && set["revision"] == "1")
      #expect(set["approval"] == "other_service" && set["automatic"] == "true")
      #expect(set.all("budgets", "amount") == ["900"] && set.all("budgets", "pointType") == ["points"])
      #expect(try await worker.send("PUT", Self.path, body).bytes == set.bytes)
      let plain = try await worker.send("PUT", Self.path, "{}")
      #expect(plain["board"] == "null" && plain["ties"] == "best" && plain["approval"] == "none")
      #expect(plain["automatic"] == "false" && plain.all("budgets", "amount") == [])
      let list = try await worker.get(Self.path, as: .service)
      #expect(list.all("terms", "board") == ["null", "earned"])
      #expect(try await worker.get("\(Self.path)?board=earned").all("terms", "ties") == ["split"])
      let then = try #require(set["validFrom"])
      #expect(try await worker.get("\(Self.path)?at=\(then)").all("terms", "board") == ["earned"])
      #expect(try await worker.send("DELETE", "\(Self.path)?board=earned").status == 204)
      #expect(try await worker.send("DELETE", "\(Self.path)?board=earned").problem == "404 not_found")
      #expect(try await worker.get(Self.path).all("terms", "board") == ["null"])
      #expect(try await worker.get("\(Self.path)?at=\(then)").all("terms", "board") == ["earned"])
    }
  }

  @Test(arguments: [
    (#"{"ties":"worst"}"#, "400 validation_failed", "ties"),
    (#"{"approval":"maybe"}"#, "400 validation_failed", "approval"),
    (#"{"automatic":true}"#, "400 validation_failed", "automatic"),
    (#"{"budgets":[{"amount":0}]}"#, "400 invalid_amount", "budgets[0].amount"),
    (#"{"budgets":[{"amount":1},{"amount":1}]}"#, "400 validation_failed", "budgets[1].pointType"),
    (#"{"budget":1}"#, "400 validation_failed", "budget"), (#"{"board":"none"}"#, "404 not_found", ""),
  ])
  func `what cannot be terms is refused by its field`(
    body: String, problem: String, field: String
  ) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.send("PUT", Self.path, body)
      #expect(answer.problem == problem && answer["field"] ?? "" == field, "\(answer.text)")
    }
  }
}
