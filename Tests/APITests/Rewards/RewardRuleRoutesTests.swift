// Rules of rewards as admins make, see, change and remove them.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct RewardRuleRoutesTests {
  private static let path = "/points/reward-rules"

  @Test func `a rule is made, listed, changed and removed`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let body = #"{"board":"earned","minRank":2,"maxRank":3,"rewardAmount":50,"name":"Podium"}"#
      let made = try await worker.send("POST", Self.path, body)
      #expect(made.status == 201, "\(made.text)")
      #expect(made["board"] == "earned" && made["pointType"] == "points" && made["boardId"] == "null")
      #expect(made["minRank"] == "2" && made["maxRank"] == "3" && made["topPercent"] == "null")
      #expect(made["rewardAmount"] == "50" && made["rewardPointType"] == "points")
      #expect(made["active"] == "true" && made["name"] == "Podium" && made["revision"] == "1")
      #expect(made["validUntil"] == "null" && made["decidedBy"] == "admin")
      #expect(made.all("warnings", "code") == ["gap"] && made.all("warnings", "maxRank") == ["1"])

      let id = try #require(made["id"])
      let one = try await worker.get("\(Self.path)/\(id)", as: .service)
      #expect(one.status == 200 && one["id"] == id && one["warnings"] == nil)
      let list = try await worker.get("\(Self.path)?board=earned&active=true", as: .service)
      #expect(list.all("rules", "id") == [id])
      #expect(try await worker.get("\(Self.path)?board=balance").all("rules", "id") == [])
      #expect(try await worker.get("\(Self.path)?active=false").all("rules", "id") == [])

      let changed = try await worker.send(
        "PATCH", "\(Self.path)/\(id)", #"{"minRank":1,"rewardAmount":70,"name":null}"#)
      #expect(changed.status == 200 && changed["revision"] == "2" && changed["name"] == "null")
      #expect(changed["minRank"] == "1" && changed["maxRank"] == "3" && changed["rewardAmount"] == "70")
      #expect(changed.all("warnings", "code") == [])
      // What held before can still be asked for.
      let from = try #require(made["validFrom"])
      let then = try await worker.get("\(Self.path)/\(id)?at=\(from)")
      #expect(then["revision"] == "1" && then["minRank"] == "2" && then["validUntil"] == changed["validFrom"])
      #expect(try await worker.get("\(Self.path)?at=\(from)").all("rules", "minRank") == ["2"])

      #expect(try await worker.send("DELETE", "\(Self.path)/\(id)").status == 204)
      #expect(try await worker.send("DELETE", "\(Self.path)/\(id)").problem == "404 not_found")
      #expect(try await worker.get("\(Self.path)/\(id)").problem == "404 not_found")
      #expect(try await worker.send("PATCH", "\(Self.path)/\(id)", "{}").problem == "404 not_found")
      let versions = try await worker.get("\(Self.path)/\(id)/versions?limit=1")
      #expect(versions.all("versions", "revision") == ["2"] && versions["nextBefore"] == "2")
      #expect(versions.all("versions", "endedBy") == ["admin"])
      let rest = try await worker.get("\(Self.path)/\(id)/versions?before=2")
      #expect(rest.all("versions", "revision") == ["1"] && rest["nextBefore"] == "null")
      let unknown = "019c1234-0000-7000-8000-000000000000"
      #expect(try await worker.get("\(Self.path)/\(unknown)/versions").problem == "404 not_found")
    }
  }

  @Test func `a share, several rewards, and the type they are of`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let gems = try await worker.send("POST", "/points/types", #"{"name":"gems","displayName":"Gems"}"#)
      #expect(gems.status == 201)
      let several = """
        {"topPercent":12.5,"rewards":[{"pointType":"gems","amount":1000000000000000000},{"amount":3}]}
        """
      let made = try await worker.send("POST", Self.path, several)
      #expect(made.status == 201, "\(made.text)")
      #expect(made["abovePercent"] == "0.00" && made["topPercent"] == "12.50" && made["minRank"] == "null")
      #expect(made["rewardAmount"] == "null" && made["board"] == "null")
      #expect(Set(made.all("rewards", "pointType")) == ["gems", "points"])
      #expect(Set(made.all("rewards", "amount")) == ["1000000000000000000", "3"])
      let id = try #require(made["id"])
      // With several there is no single amount to change.
      let path = "\(Self.path)/\(id)"
      let unclear = try await worker.send("PATCH", path, #"{"rewardAmount":4}"#)
      #expect(unclear.problem == "400 validation_failed")
      let single = try await worker.send("PATCH", path, #"{"rewardAmount":4,"rewardPointType":"gems"}"#)
      #expect(single["rewardAmount"] == "4" && single["rewardPointType"] == "gems")
      let ranks = try await worker.send("PATCH", path, #"{"minRank":1,"maxRank":1,"active":false}"#)
      #expect(ranks["maxRank"] == "1" && ranks["topPercent"] == "null" && ranks["active"] == "false")
      #expect(try await worker.send("PATCH", path, #"{"minRank":2}"#).problem == "400 validation_failed")
      #expect(try await worker.send("PATCH", path, #"{"topPercent":0.01}"#)["topPercent"] == "0.01")
      #expect(try await worker.send("DELETE", "/points/types/gems").problem == "409 type_rewarded")
    }
  }

  @Test func `ranks that are rewarded already are refused, and by which rule`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let first = try await worker.send(
        "POST", Self.path, #"{"minRank":1,"maxRank":3,"rewardAmount":5,"name":"Podium"}"#)
      let id = try #require(first["id"])
      let second = try await worker.send("POST", Self.path, #"{"minRank":3,"maxRank":9,"rewardAmount":1}"#)
      #expect(second.problem == "409 reward_rules_overlap")
      #expect(second["ruleId"] == id && second["minRank"] == "3" && second["maxRank"] == "3")
      #expect(second["detail"] == "Rewarded already: rank 3 by the rule \(id) (Podium).")
      let share = #"{"abovePercent":10,"topPercent":20,"rewardAmount":1}"#
      #expect(try await worker.send("POST", Self.path, share).status == 201)
      let other = try await worker.send("POST", Self.path, #"{"topPercent":10.01,"rewardAmount":1}"#)
      #expect(other["abovePercent"] == "10.00" && other["topPercent"] == "10.01", "\(other.text)")
      let elsewhere = #"{"board":"earned","minRank":3,"maxRank":9,"rewardAmount":1}"#
      #expect(try await worker.send("POST", Self.path, elsewhere).status == 201)
    }
  }

  @Test(arguments: [
    (#"{"rewardAmount":1}"#, "400 validation_failed", "minRank"),
    (#"{"minRank":1,"rewardAmount":1}"#, "400 validation_failed", "maxRank"),
    (#"{"minRank":3,"maxRank":2,"rewardAmount":1}"#, "400 validation_failed", "minRank"),
    (#"{"minRank":0,"maxRank":2,"rewardAmount":1}"#, "400 validation_failed", "minRank"),
    (#"{"minRank":1,"maxRank":1000000001,"rewardAmount":1}"#, "400 validation_failed", "maxRank"),
    (#"{"minRank":1,"maxRank":1,"topPercent":1,"rewardAmount":1}"#, "400 validation_failed", "topPercent"),
    (#"{"abovePercent":5,"topPercent":5,"rewardAmount":1}"#, "400 validation_failed", "abovePercent"),
    (#"{"topPercent":1.234,"rewardAmount":1}"#, "400 validation_failed", "topPercent"),
    (#"{"topPercent":100.01,"rewardAmount":1}"#, "400 validation_failed", "topPercent"),
    (#"{"topPercent":-1,"rewardAmount":1}"#, "400 validation_failed", "topPercent"),
    (#"{"topPercent":"5","rewardAmount":1}"#, "400 validation_failed", "topPercent"),
    (#"{"topPercent":5}"#, "400 invalid_amount", "rewardAmount"),
    (#"{"topPercent":5,"rewardAmount":0}"#, "400 invalid_amount", "rewardAmount"),
    (#"{"topPercent":5,"rewardAmount":1000000000000000001}"#, "400 invalid_amount", "rewardAmount"),
    (#"{"topPercent":5,"rewardAmount":1,"rewards":[{"amount":1}]}"#, "400 validation_failed", "rewards"),
    (#"{"topPercent":5,"rewards":[]}"#, "400 validation_failed", "rewards"),
    (#"{"topPercent":5,"rewards":[{}]}"#, "400 invalid_amount", "rewards[0].amount"),
    (
      #"{"topPercent":5,"rewards":[{"amount":1},{"amount":2,"pointType":"points"}]}"#,
      "400 validation_failed", "rewards[1].pointType"
    ),
    (#"{"topPercent":5,"rewardAmount":1,"rewardPointType":"none"}"#, "404 not_found", ""),
    (#"{"topPercent":5,"rewardAmount":1,"board":"none"}"#, "404 not_found", ""),
    (#"{"topPercent":5,"rewardAmount":1,"name":""}"#, "400 validation_failed", "name"),
    (#"{"topPercent":5,"rewardAmount":1,"activ":true}"#, "400 validation_failed", "activ"),
  ])
  func `what cannot be a rule is refused by its field`(
    body: String, problem: String, field: String
  ) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.send("POST", Self.path, body)
      #expect(answer.problem == problem && answer["field"] ?? "" == field, "\(answer.text)")
    }
  }
}
