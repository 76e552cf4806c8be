// Amounts where other representations than ours begin to lie.
import Testing

@testable import API

struct EdgeAmountTests {
  @Test func `amounts beyond the whole numbers of a double stay exact`() async throws {
    try await LedgerUnderTest.running { ledger in
      for amount in [9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_993, Int64.max] {
        let body = #"{"userId":"u\#(amount)","amount":\#(amount)}"#
        let award = try await ledger.post("/points/award", body)
        #expect(award.number("transaction", "amount") == amount)
        #expect(award.number("balance", "balance") == amount)
        #expect(award.number("balance", "totalEarned") == amount)
        let all = try await ledger.post("/points/deduct", body)
        #expect(all.number("balance", "balance") == 0)
      }
    }
  }

  @Test func `one unit short is refused exactly`() async throws {
    try await LedgerUnderTest.running { ledger in
      let amount: Int64 = 9_007_199_254_740_993
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":\#(amount - 1)}"#)
      let reply = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":\#(amount)}"#)
      #expect(reply.number("missing") == 1 && reply.number("available") == amount - 1)
    }
  }

  @Test func `a figure that would overflow is named and nothing is done`() async throws {
    try await LedgerUnderTest.running { ledger in
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":9223372036854775807}"#)
      let balance = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      #expect(balance.problem == "409 overflow" && balance.text("figure") == "balance")
      _ = try await ledger.post(
        "/points/deduct", #"{"userId":"ada","amount":9223372036854775807,"kind":"penalty"}"#)
      let earned = try await ledger.post("/points/award", #"{"userId":"ada","amount":1}"#)
      #expect(earned.problem == "409 overflow" && earned.text("figure") == "totalEarned")
      let set = try await ledger.post(
        "/points/award", #"{"userId":"ada","amount":9223372036854775807,"kind":"adjustment"}"#)
      #expect(set.number("balance", "balance") == .max)
      _ = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":9223372036854775807}"#)
      _ = try await ledger.post("/points/award", #"{"userId":"ada","amount":1,"kind":"adjustment"}"#)
      let spent = try await ledger.post("/points/deduct", #"{"userId":"ada","amount":1}"#)
      #expect(spent.problem == "409 overflow" && spent.text("figure") == "totalSpent")
      #expect(spent.number("leg") == nil)
    }
  }
}
