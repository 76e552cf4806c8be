// Schedules of snapshots as admins make, see and remove them, and for how long one snapshot is kept.
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite(.serialized) struct ScheduleRoutesTests {
  private static let path = "/points/snapshots/schedules"

  @Test func `a schedule is made, listed, and removed`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      let body = """
        {"name":"nightly","board":"earned","schedule":"0 3 * * *","timeZone":"Europe/Berlin",\
        "keepDays":90}
        """
      let made = try await worker.send("POST", Self.path, body)
      #expect(made.status == 201, "\(made.text)")
      #expect(made["name"] == "nightly" && made["board"] == "earned" && made["pointType"] == "points")
      #expect(made["schedule"] == "0 3 * * *" && made["timeZone"] == "Europe/Berlin")
      #expect(made["keepDays"] == "90" && made["source"] == "ledger" && made["lastDueAt"] == "null")
      let hour = made["nextDueAt"]?.dropFirst("2026-11-21T".count).prefix(5)
      #expect(hour == "01:00" || hour == "02:00", "\(made.text)")
      let plain = try await worker.send(
        "POST", Self.path, #"{"name":"a","schedule":"@hourly","source":"live"}"#)
      #expect(plain.status == 201 && plain["keepDays"] == "null" && plain["timeZone"] == "UTC")
      let list = try await worker.get(Self.path, as: .reader)
      #expect(list.all("schedules", "name") == ["a", "nightly"])
      let same = try await worker.get("\(Self.path)/nightly", as: .reader)
      #expect(same.bytes == made.bytes)
      #expect(try await worker.send("POST", Self.path, body).problem == "409 schedule_exists")
      #expect(try await worker.send("DELETE", "\(Self.path)/nightly", nil).status == 204)
      #expect(try await worker.send("DELETE", "\(Self.path)/nightly", nil).problem == "404 not_found")
      #expect(try await worker.get("\(Self.path)/nightly").problem == "404 not_found")
      #expect(try await worker.get(Self.path).all("schedules", "name") == ["a"])
    }
  }

  @Test(arguments: [
    (#"{"name":"A","schedule":"@daily"}"#, "400 validation_failed", "name"),
    (#"{"name":"a"}"#, "400 validation_failed", "schedule"),
    (#"{"name":"a","schedule":"@daily","keepDays":0}"#, "400 validation_failed", "keepDays"),
    (#"{"name":"a","schedule":"@daily","source":"memory"}"#, "400 validation_failed", "source"),
    (#"{"name":"a","schedule":"@daily","board":"no-such"}"#, "404 not_found", ""),
    (#"{"name":"a","schedule":"every day"}"#, "422 impossible_schedule", "schedule"),
    (#"{"name":"a","schedule":"@every 59s"}"#, "422 impossible_schedule", "schedule"),
    (#"{"name":"a","schedule":"0 0 30 2 *"}"#, "422 impossible_schedule", "schedule"),
    (#"{"name":"a","schedule":"@daily","timeZone":"Mars/Olympus"}"#, "422 impossible_schedule", "timeZone"),
  ])
  func `what cannot be a schedule is refused by its field`(
    body: String, problem: String, field: String
  ) async throws {
    try await ReadRoutesUnderTest.running { worker in
      let answer = try await worker.send("POST", Self.path, body)
      #expect(answer.problem == problem && answer["field"] ?? "" == field, "\(answer.text)")
    }
  }

  @Test func `for how long a snapshot is kept may be said later`() async throws {
    try await ReadRoutesUnderTest.running { worker in
      try await SnapshotRoutesTests.fill(worker)
      let path = "/points/snapshots/\(try await SnapshotRoutesTests.take(worker))"
      let kept = try await worker.send("PATCH", path, #"{"keepUntil":"2040-01-01T00:00:00Z"}"#)
      #expect(kept.status == 200 && kept["keepUntil"] == "2040-01-01T00:00:00.000000Z", "\(kept.text)")
      let forEver = try await worker.send("PATCH", path, #"{"keepUntil":null}"#)
      #expect(forEver.status == 200 && forEver["keepUntil"] == "null" && forEver["digest"] == kept["digest"])
      for wrong in ["{}", #"{"keepUntil":"2001-01-01T00:00:00Z"}"#, #"{"keepUntil":1}"#] {
        #expect(try await worker.send("PATCH", path, wrong).problem == "400 validation_failed")
      }
      let unknown = "/points/snapshots/019c1234-0000-7000-8000-000000000000"
      #expect(try await worker.send("PATCH", unknown, #"{"keepUntil":null}"#).problem == "404 not_found")
    }
  }
}
