// What a caller is told of what users have.
import Ledger
import LedgerStore
import RedisClient
import Testing

@testable import API

@Suite(.serialized) struct BalanceRoutesTests {
  @Test func `a balance tells everything of the account`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await worker.award(Int64.max, to: "ada")
      let last = try await worker.deduct(7, from: "ada")
      let answer = try await worker.get("/points/balance?userId=ada")
      let time = last.createdAt.rfc3339
      #expect(
        answer.text == """
          {"userId":"ada","pointType":"points","balance":9223372036854775800,"available":9223372036854775800,\
          "held":0,"totalEarned":9223372036854775807,"totalSpent":7,"transactionCount":2,\
          "lastTransactionAt":"\(time)","version":2,"updatedAt":"\(time)","source":"ledger"}
          """)
    }
  }

  @Test func `whoever is unknown has zeros at version 0`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.get("/points/balance?userId=nobody&pointType=points")
      #expect(answer.status == 200 && answer["balance"] == "0" && answer["version"] == "0")
      #expect(answer["lastTransactionAt"] == "null" && answer["updatedAt"] == "null")
      #expect(try await worker.get("/points/balance?userId=nobody&pointType=no").problem == "404 not_found")
    }
  }

  @Test func `Redis answers first, unless it is behind what is asked for or the ledger is`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await worker.award(10, to: "ada")
      let answer = try await worker.get("/points/balance?userId=ada&minVersion=1")
      #expect(answer["balance"] == "10" && answer["source"] == "redis")
      let nobody = try await worker.get("/points/balance?userId=nobody")
      #expect(nobody["version"] == "0" && nobody["source"] == "redis")
      let ahead = try await worker.get("/points/balance?userId=ada&minVersion=2")
      #expect(ahead["version"] == "1" && ahead["source"] == "ledger")
      let asked = try await worker.get("/points/balance?userId=ada&consistency=ledger")
      #expect(asked["balance"] == "10" && asked["source"] == "ledger")
      await worker.redis.close(deadline: .zero)
      let without = try await worker.get("/points/balance?userId=ada")
      #expect(without["balance"] == "10" && without["source"] == "ledger")
    }
  }

  @Test func `with its history the newest transaction ends at the balance`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      for amount in 1...30 { try await worker.award(Int64(amount), to: "ada") }
      let answer = try await worker.get("/points/balance?userId=ada&include=history")
      #expect(answer.count("history") == 25)
      #expect(answer["history.0.after"] == answer["balance"])
      #expect(answer["history.24.version"] == "6")
    }
  }

  @Test func `at an instant the balance is what the chain says`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let first = try await worker.award(10, to: "ada")
      try await worker.deduct(4, from: "ada")
      let at = first.createdAt.rfc3339
      let answer = try await worker.get("/points/balance?userId=ada&at=\(at)")
      #expect(answer["balance"] == "10" && answer["totalSpent"] == "0" && answer["version"] == "1")
      #expect(answer["at"] == at && answer["lastTransactionAt"] == at && answer["source"] == "ledger")
      let before = try await worker.get("/points/balance?userId=ada&at=2001-01-01T00:00:00Z")
      #expect(before["balance"] == "0" && before["version"] == "0")
    }
  }

  @Test func `all types of a user, and many accounts in their order`() async throws {
    try await ReadRoutesUnderTest.running(withRedis: true) { worker in
      try await worker.award(10, to: "ada")
      let body = #"{"name":"gems","displayName":"Gems"}"#
      #expect(try await worker.send("POST", "/points/types", body).status == 201)
      let gems = AccountKey(user: UserID(stored: "ada"), pointType: try await worker.type("gems"))
      try await worker.post([Leg(account: gems, change: .credit(3), kind: .award, details: .init())])
      let all = try await worker.get("/points/balance?userId=ada&pointType=*")
      #expect(all["userId"] == "ada")
      #expect(Set(all.all("balances", "pointType")) == ["points", "gems"])
      let many = try await worker.send(
        "POST", "/points/balances",
        """
        {"accounts":[{"userId":"ada","pointType":"gems"},{"userId":"x"},{"userId":"ada"},{"userId":"ada"}]}
        """)
      #expect(many.all("balances", "balance") == ["3", "0", "10", "10"])
      #expect(many.all("balances", "source") == ["ledger", "redis", "redis", "redis"])
    }
  }

  @Test(arguments: [
    "", "userId=", "userId=ada&userId=bob", "userId=ada&colour=red", "userId=ada&minVersion=-1",
    "userId=ada&consistency=redis", "userId=ada&at=yesterday", "userId=ada&include=all",
    "userId=ada&pointType=*&minVersion=1", "userId=ada&at=2001-01-01T00:00:00Z&include=history",
  ])
  func `a query that says nothing clear is refused`(query: String) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.get("/points/balance?\(query)")
      #expect(answer.problem == "400 validation_failed")
    }
  }

  @Test(arguments: [
    "{}", #"{"accounts":[]}"#, #"{"accounts":[{}]}"#, #"{"accounts":[{"userId":"a","x":1}]}"#,
    #"{"accounts":["a"]}"#, #"{"accounts":[{"userId":"a"}],"x":1}"#,
  ])
  func `a list that is none is refused`(body: String) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.send("POST", "/points/balances", body)
      #expect(answer.problem == "400 validation_failed")
    }
  }
}
