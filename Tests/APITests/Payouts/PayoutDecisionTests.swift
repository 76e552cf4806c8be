// Who says yes or no to a payout, and what is tried again.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct PayoutDecisionTests {
  private static func path(_ distribution: Answered, _ action: String) -> String {
    "\(ReadRoutesUnderTest.payouts)/\(distribution["id"] ?? "")/\(action)"
  }

  private static func approval(_ distribution: Answered) -> String {
    #"{"hash":"\#(distribution["hash"] ?? "")"}"#
  }

  @Test func `another service approves, by the hash, and once`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      try await worker.setTerms(needsApproval: true)
      let made = try await worker.plan(snapshot)
      #expect(made.status == 201 && made["phase"] == "waiting" && made["status"] == "pending")
      #expect(made["needsApproval"] == "true")
      #expect(try await worker.pay().postings == 0)
      let path = Self.path(made, "approve")
      let own = try await worker.send("POST", path, Self.approval(made), as: .payouts)
      #expect(own.problem == "403 own_plan")
      let other = #"{"hash":"\#(String(repeating: "0", count: 64))"}"#
      let stale = try await worker.send("POST", path, other)
      #expect(stale.problem == "409 plan_changed" && stale["hash"] == made["hash"])
      let approved = try await worker.send("POST", path, Self.approval(made))
      #expect(approved.status == 200 && approved["phase"] == "paying", "\(approved.text)")
      #expect(approved["plannedBy"] == "payouts" && approved["decidedBy"] == "admin")
      #expect(approved["decidedAt"] != "null")
      let again = try await worker.send("POST", path, Self.approval(made))
      #expect(again.problem == "409 distribution_out_of_turn" && again["phase"] == "paying")
      #expect(try await worker.pay().credited == 3)
      let late = try await worker.send("POST", Self.path(made, "reject"), #"{"reason":"late"}"#)
      #expect(late.problem == "409 distribution_out_of_turn" && late["phase"] == "paid")
      #expect(try await worker.balance("ada") == "130")
    }
  }

  @Test func `by the rules of another instant nobody gets round an approval, and only an admin pays`()
    async throws
  {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let before = try #require(try await worker.plan(snapshot, #","preview":true"#)["rulesAt"])
      try await worker.setTerms(needsApproval: true, budget: 100)
      let then = #","rulesAt":"\#(before)""#
      let refused = try await worker.plan(snapshot, then)
      #expect(refused.problem == "403 forbidden", "\(refused.text)")
      #expect(try await worker.get(ReadRoutesUnderTest.payouts).count("distributions") == 0)
      let seen = try await worker.plan(snapshot, then + #","preview":true"#)
      #expect(seen.status == 200 && seen["rulesAt"] == before && seen["needsApproval"] == "true")
      let made = try await worker.plan(snapshot, then, as: .admin)
      #expect(made.status == 201 && made["rulesAt"] == before, "\(made.text)")
      #expect(made["phase"] == "waiting" && made["needsApproval"] == "true")
      #expect(try await worker.pay().postings == 0)
      let notes = try await AuditReader(pool: worker.pool).page(of: made["id"], limit: 1)
      let change = notes.first?.changes.first { $0.field == "rulesAt" }
      #expect(change?.became == before && change?.was != nil)
    }
  }

  @Test func `a payout that is rejected says why, and makes room for another`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      try await worker.setTerms(needsApproval: true)
      let made = try await worker.plan(snapshot)
      let rejected = try await worker.send(
        "POST", Self.path(made, "reject"), #"{"reason":"dan is missing"}"#, as: .payouts)
      #expect(rejected.status == 200 && rejected["phase"] == "rejected" && rejected["status"] == "failed")
      #expect(rejected["reason"] == "dan is missing" && rejected["decidedBy"] == "payouts")
      for (action, body) in [
        ("approve", Self.approval(made)), ("reject", #"{"reason":"x"}"#), ("retry", nil),
      ] {
        let answer = try await worker.send("POST", Self.path(made, action), body)
        #expect(answer.problem == "409 distribution_out_of_turn" && answer["phase"] == "rejected")
      }
      try await worker.setTerms()
      let second = try await worker.plan(snapshot)
      #expect(second.status == 201 && second["id"] != made["id"] && second["phase"] == "paying")
      #expect(try await worker.pay().credited == 3)
      let list = try await worker.get("\(ReadRoutesUnderTest.payouts)?status=failed")
      #expect(list.all("distributions", "id") == [made["id"]])
      #expect(try await worker.balance("ada") == "130")
    }
  }

  @Test func `what was refused is listed with its reason, and tried again until it takes effect`()
    async throws
  {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let made = try await worker.plan(snapshot)
      let retry = Self.path(made, "retry")
      let early = try await worker.send("POST", retry)
      #expect(early.problem == "409 distribution_out_of_turn" && early["phase"] == "paying")
      try await worker.setEnabled(false, "bob")
      let outcome = try await worker.pay()
      #expect(outcome.credited == 2 && outcome.refused == 1)
      let lines = Self.path(made, "transactions")
      let outstanding = try await worker.get("\(lines)?outstanding=true", as: .service)
      #expect(outstanding.all("lines", "userId") == ["bob"] && outstanding["nextCursor"] == "null")
      #expect(outstanding["lines.0.outstanding"] == "40" && outstanding["lines.0.attempts"] == "1")
      #expect(outstanding["lines.0.refusal"] == "user_disabled", "\(outstanding.text)")
      let all = try await worker.get(lines)
      #expect(all.all("lines", "state") == ["posted", "refused", "posted"])
      #expect(all["lines.1.refusal"] == "user_disabled" && all["lines.1.transactionId"] == "null")

      try await worker.setEnabled(true, "bob")
      let going = try await worker.send("POST", retry, nil, as: .payouts)
      #expect(going.status == 200 && going["phase"] == "paying", "\(going.text)")
      // What is to be tried again waits, and is not outstanding.
      #expect(try await worker.get(lines).all("lines", "state") == ["posted", "waiting", "posted"])
      #expect(try await worker.get("\(lines)?outstanding=true").count("lines") == 0)
      #expect(try await worker.pay().credited == 1)
      #expect(try await worker.balance("bob") == "60")
      let paid = try await worker.get("\(ReadRoutesUnderTest.payouts)/\(made["id"] ?? "")")
      #expect(paid["phase"] == "paid" && paid["credited"] == "3" && paid["refused"] == "0")
      #expect(try await worker.send("POST", retry).problem == "409 nothing_outstanding")
    }
  }

  @Test func `lines lead to transactions, and transactions to their reason`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let snapshot = try await worker.ranks()
      let made = try await worker.plan(snapshot)
      let path = Self.path(made, "transactions")
      #expect(try await worker.get(path).all("lines", "state") == ["waiting", "waiting", "waiting"])
      try await worker.pay()
      let first = try await worker.get("\(path)?limit=2", as: .service)
      #expect(first["distributionId"] == made["id"] && first.all("lines", "userId") == ["ada", "bob"])
      let cursor = try #require(first["nextCursor"])
      let rest = try await worker.get("\(path)?limit=2&cursor=\(cursor)")
      #expect(rest.all("lines", "userId") == ["cy"] && rest["nextCursor"] == "null")
      for wrong in ["outstanding=true&cursor=\(cursor)", "cursor=2zz", "limit=0", "outstanding=maybe"] {
        #expect(try await worker.get("\(path)?\(wrong)").problem == "400 validation_failed", "\(wrong)")
      }
      let transaction = try #require(first["lines.1.transactionId"])
      let posted = try await worker.get("/points/transactions/\(transaction)")
      #expect(posted["userId"] == "bob" && posted["amount"] == "40" && posted["kind"] == "distribution")
      #expect(posted["relatedTo"] == made["id"], "\(posted.text)")
      let reason = try await worker.get("/points/transactions/\(transaction)/reward", as: .service)
      #expect(reason.status == 200 && reason["transactionId"] == transaction, "\(reason.text)")
      #expect(reason["distributionId"] == made["id"] && reason["snapshotId"] == snapshot)
      #expect(reason["ranks.board"] == "balance" && reason["ranks.pointType"] == "points")
      #expect(reason["line.userId"] == "bob" && reason["line.rank"] == "2" && reason["line.amount"] == "40")
      #expect(reason["rule.id"] == reason["line.ruleId"] && reason["rule.name"] == "Podium")
      #expect(reason["rule.revision"] == "1" && reason["score"] == "20" && reason["isCorrection"] == "false")
      // From there on to the transactions that the score is made of.
      let explanation = try #require(reason["explanation"])
      #expect(explanation == "/points/leaderboard/explain?userId=bob&pointType=points&board=balance")
      let entries = try await worker.get(explanation, as: .service)
      #expect(entries.status == 200 && entries["userId"] == "bob", "\(entries.text)")
      #expect(entries.all("entries", "transaction.id").contains(transaction), "\(entries.text)")
      // An award has no such reason.
      let award = try await worker.award(1, to: "eve")
      #expect(try await worker.get("/points/transactions/\(award.id)/reward").problem == "404 not_found")
    }
  }
}
