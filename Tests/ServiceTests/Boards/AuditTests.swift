// What administrators decide is noted: by whom, and how it was before.
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct AuditTests {
    private static let ends = "2999-01-01T00:00:00.000000Z"
    private static let early = "2998-01-01T00:00:00.000000Z"
    private static let late = "2998-06-01T00:00:00.000000Z"

    @Test func `what is decided is noted in order, what changes nothing is not`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let office = installation.admin
        let season = #"{"label":"one","startsAt":"2026-01-01T00:00:00Z","endsAt":"\#(Self.ends)"}"#
        let calls: [(String, String, String?, Int)] = [
          ("POST", "/boards", #"{"name":"cup","period":"seasons","seasons":[\#(season)]}"#, 201),
          ("POST", "/boards", #"{"name":"cup"}"#, 409),
          ("PATCH", "/boards/cup", #"{"displayName":"The cup"}"#, 200),
          ("POST", "/boards/cup/periods/one/close", #"{"at":"\#(Self.early)"}"#, 200),
          ("POST", "/boards/cup/periods/one/extend", #"{"until":"\#(Self.late)"}"#, 200),
          ("POST", "/types", #"{"name":"gems","displayName":"Gems","maxAmount":5}"#, 201),
          ("PATCH", "/types/gems", #"{"maxAmount":7}"#, 200),
          ("PATCH", "/types/gems", #"{"maxAmount":7}"#, 200),
          ("DELETE", "/types/gems", nil, 204),
          ("PUT", "/users/ada", #"{"displayName":"Ada"}"#, 201),
          ("PUT", "/users/ada", #"{"displayName":"Ada","enabled":false}"#, 200),
          ("DELETE", "/boards/cup", nil, 204),
        ]
        for (method, path, body, status) in calls {
          let answer = try caller.ask(Call(method: method, target: "/points" + path, key: office, body: body))
          #expect(answer.status == status, "\(method) \(path): \(answer.body)")
        }
        let notes = try Self.notes(caller, "?limit=9", office)
        #expect(
          notes.map(\.line).prefix(9) == [
            "board_removed cup", "user_disabled ada", "type_deleted gems", "type_changed gems",
            "type_created gems", "period_extended cup/one", "period_shortened cup/one", "board_renamed cup",
            "board_defined cup",
          ])
        let changes = notes.map(\.changes)
        #expect(changes[3] == ["maxAmount 5 7"])
        #expect(changes[5] == ["endsAt \(Self.early) \(Self.late)"])
        #expect(changes[6] == ["endsAt \(Self.ends) \(Self.early)"])
        #expect(changes[7] == ["displayName cup The cup"])
        #expect(changes[8].contains("period - seasons"))
        #expect(Set(notes.prefix(9).map(\.actor)).count == 1)
        // The keys were made at the command line, before there was anybody to ask.
        let older = try Self.notes(caller, "", office).dropFirst(9)
        #expect(!older.isEmpty && older.allSatisfy { $0.actor == "points keys" && $0.line.hasPrefix("key_") })
        let subject = notes[8].subject
        #expect(try Self.notes(caller, "?subject=\(subject)", office).count == 5)
      }
    }

    @Test func `pages go on where the one before ended, and belong to their question`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let office = installation.admin
        for name in ["a", "b", "c"] {
          let body = #"{"name":"\#(name)","displayName":"A type"}"#
          #expect(try caller.ask(.post("/points/types", body, as: office)).status == 201)
        }
        let first = try caller.ask(.get("/points/audit?limit=2", as: office))
        let cursor = try #require(first.json["nextCursor"].text)
        let second = try Self.notes(caller, "?limit=1&cursor=\(cursor)", office)
        #expect(second.map(\.line) == ["type_created a"])
        let strange = try caller.ask(.get("/points/audit?subject=x&cursor=\(cursor)", as: office))
        #expect(strange.status == 400 && strange.body.contains("cursor"))
      }
    }

    // MARK: Reading

    private struct Note {
      let line: String
      let actor: String
      let subject: String
      let changes: [String]
    }

    private static func notes(_ caller: Caller, _ query: String, _ key: String) throws -> [Note] {
      let answer = try caller.ask(.get("/points/audit" + query, as: key))
      let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
      return (object?["entries"] as? [[String: Any]] ?? []).map { entry in
        let changes = entry["changes"] as? [[String: Any]] ?? []
        return Note(
          line: "\(entry["action"] ?? "") \(entry["subjectName"] ?? "")",
          actor: entry["actor"] as? String ?? "", subject: entry["subject"] as? String ?? "",
          changes: changes.map {
            "\($0["field"] ?? "") \($0["was"] as? String ?? "-") \($0["became"] as? String ?? "-")"
          })
      }
    }
  }
}
