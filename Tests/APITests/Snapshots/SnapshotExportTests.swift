// Snapshots as tables, over more than one page.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct SnapshotExportTests {
  @Test func `all entries come, as a table or as one object`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let type = try await worker.type()
      for first in stride(from: 0, to: 2_100, by: 300) {
        try await worker.post(
          (first..<first + 300).map { number in
            let key = AccountKey(user: UserID(stored: "user-\(number)"), pointType: type)
            return Leg(account: key, change: .credit(Int64(10_000 - number)), kind: .award, details: .init())
          })
      }
      _ = try await worker.send("PUT", "/points/users/user-0", #"{"displayName":"=1+1, \"so\""}"#)
      let path = "/points/snapshots/\(try await SnapshotRoutesTests.take(worker))/export"
      let table = try await worker.get("\(path)?format=csv", as: .service)
      #expect(table.contentType == "text/csv; charset=utf-8; header=present")
      let lines = table.text.split(separator: "\r\n")
      #expect(lines.count == 2_101 && lines[0] == "place,rank,userId,displayName,score,reachedAt,version")
      #expect(lines[1].hasPrefix("1,1,user-0,\"'=1+1, \"\"so\"\"\",10000,"))
      #expect(lines[2_100].hasPrefix("2100,2100,user-2099,,7901,"))
      let object = try await worker.get(path, as: .service)
      #expect(object.count("entries") == 2_100 && object["snapshot.members"] == "2100")
      #expect(object["entries.2099.userId"] == "user-2099" && object["entries.1000.place"] == "1001")
      let preferred = try await worker.get(path, as: .service, "Accept: text/csv")
      #expect(preferred.bytes == table.bytes)
      #expect(try await worker.get(path, as: .reader).problem == "403 forbidden")
    }
  }

  @Test func `an empty board has an empty table`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let path = "/points/snapshots/\(try await SnapshotRoutesTests.take(worker))"
      #expect(try await worker.get("\(path)/export?format=csv").text.split(separator: "\r\n").count == 1)
      let object = try await worker.get("\(path)/export")
      #expect(object.count("entries") == 0 && object["snapshot.members"] == "0")
      #expect(try await worker.get("\(path)/entries?rank=1").count("entries") == 0)
    }
  }
}
