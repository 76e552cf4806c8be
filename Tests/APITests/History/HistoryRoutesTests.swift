// Histories, transactions and postings as callers read them.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct HistoryRoutesTests {
  @Test func `pages follow their cursors to the end`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      for amount in 1...7 { try await worker.award(Int64(amount), to: "ada") }
      var target = "/points/history?userId=ada&limit=3"
      var seen: [String?] = []
      while true {
        let page = try await worker.get(target)
        seen += page.all("transactions", "amount")
        guard let cursor = page["nextCursor"], cursor != "null" else { break }
        target = "/points/history?userId=ada&limit=3&cursor=\(cursor)"
        try await worker.award(100, to: "ada")
      }
      #expect(seen == ["7", "6", "5", "4", "3", "2", "1"])
    }
  }

  @Test func `the cursor of another query is refused`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      for _ in 1...3 { try await worker.award(1, to: "ada") }
      let page = try await worker.get("/points/history?userId=ada&limit=1")
      let cursor = try #require(page["nextCursor"])
      for query in [
        "userId=bob&cursor=\(cursor)", "userId=ada&kind=award&cursor=\(cursor)", "userId=ada&cursor=x",
        "userId=ada&from=2001-01-01T00:00:00Z&cursor=\(cursor)", "userId=ada&cursor=\(cursor.dropLast())",
      ] {
        #expect(try await worker.get("/points/history?\(query)").problem == "400 validation_failed")
      }
      #expect(try await worker.get("/points/history?userId=ada&limit=9&cursor=\(cursor)").status == 200)
    }
  }

  @Test func `filters by kind, category and time`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      var details = TransactionDetails()
      details.category = "raid"
      let first = try await worker.award(1, to: "ada", details)
      try await worker.award(2, to: "ada", kind: .refund)
      let last = try await worker.award(3, to: "ada")
      func amounts(_ query: String) async throws -> [String?] {
        try await worker.get("/points/history?userId=ada&\(query)").all("transactions", "amount")
      }
      #expect(try await amounts("kind=refund") == ["2"])
      #expect(try await amounts("category=raid") == ["1"])
      #expect(try await amounts("from=\(last.createdAt.rfc3339)") == ["3"])
      #expect(try await amounts("to=\(last.createdAt.rfc3339)") == ["2", "1"])
      #expect(try await amounts("to=\(first.createdAt.rfc3339)") == [])
    }
  }

  @Test func `CSV holds all of it, quoted, and nothing that a spreadsheet would run`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      var details = TransactionDetails()
      details.reason = "=1+1"
      details.description = "a \"b\", c"
      details.category = "-5"
      let made = try await worker.award(10, to: "ada", details)
      for _ in 1...600 {
        try await worker.post([
          Leg(account: made.account, change: .credit(1), kind: .award, details: .init())
        ])
      }
      let answer = try await worker.get("/points/history?userId=ada&format=csv")
      #expect(answer.contentType == "text/csv; charset=utf-8; header=present")
      let lines = answer.text.split(separator: "\r\n")
      #expect(lines.count == 602)
      #expect(
        lines[0].hasPrefix("date,type,kind,category,description,reason,amount,balanceAfter,transactionId,"))
      let time = made.createdAt.rfc3339
      #expect(lines[601].hasPrefix("\(time),credit,award,-5,\"a \"\"b\"\", c\",'=1+1,10,10,\(made.id),"))
      let preferred = try await worker.get("/points/history?userId=ada", as: .admin, "Accept: text/csv")
      #expect(preferred.bytes == answer.bytes)
      // The page gives up looking before it gets there; the table does not.
      let page = try await worker.get("/points/history?userId=ada&category=-5")
      #expect(page.all("transactions", "amount").isEmpty && page["nextCursor"] != "null")
      let rare = try await worker.get("/points/history?userId=ada&category=-5&format=csv")
      #expect(rare.text.split(separator: "\r\n") == [lines[0], lines[601]])
    }
  }

  @Test func `CSV has as many lines as were asked for, from the cursor on`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      for _ in 1...6 {
        let key = AccountKey(user: UserID(stored: "ada"), pointType: try await worker.type())
        let leg = Leg(account: key, change: .credit(1), kind: .award, details: .init())
        try await worker.post(Array(repeating: leg, count: 100))
      }
      func versions(_ query: String) async throws -> [Int64] {
        let answer = try await worker.get("/points/history?userId=ada&format=csv\(query)")
        // The eleventh column; nothing in front of it is quoted.
        return answer.text.split(separator: "\r\n").dropFirst()
          .compactMap { Int64($0.split(separator: ",", omittingEmptySubsequences: false)[10]) }
      }
      #expect(try await versions("") == (1...600).reversed())
      for limit: Int64 in [1, 499, 500, 501, 599] {
        #expect(try await versions("&limit=\(limit)") == (600 - limit + 1...600).reversed())
      }
      for limit in [600, 601, Int64.max] {
        #expect(try await versions("&limit=\(limit)") == (1...600).reversed())
      }
      let page = try await worker.get("/points/history?userId=ada&limit=40")
      let cursor = try #require(page["nextCursor"])
      #expect(try await versions("&cursor=\(cursor)") == (1...560).reversed())
      #expect(try await versions("&cursor=\(cursor)&limit=520") == (41...560).reversed())
      for wrong in ["format=csv&limit=0", "format=csv&cursor=x", "limit=1001"] {
        #expect(
          try await worker.get("/points/history?userId=ada&\(wrong)").problem == "400 validation_failed")
      }
    }
  }

  @Test func `a transaction and a posting by their ids`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let made = try await worker.award(10, to: "ada")
      let transaction = try await worker.get("/points/transactions/\(made.id)")
      #expect(transaction["amount"] == "10" && transaction["id"] == "\(made.id)")
      let posting = try await worker.get("/points/postings/\(made.id.posting)")
      #expect(posting["id"] == "\(made.id.posting)" && posting.all("transactions", "id") == ["\(made.id)"])
      for path in ["transactions/\(made.id.posting)", "transactions/x", "postings/\(made.id)", "postings/x"] {
        #expect(try await worker.get("/points/\(path)").problem == "404 not_found")
      }
    }
  }
}
