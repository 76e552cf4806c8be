// The call about what was decided: what is asked, and what is read from the answer.
import PointsClient
import Testing

struct AuditCallsTests {
  @Test func `decisions say who made them and what they changed`() async throws {
    let body = """
      {"entries":[{"id":7,"at":"2026-01-31T12:00:00Z","actor":"office","action":"period_extended",\
      "subject":"b","subjectName":"cup/one","changes":[{"field":"endsAt","was":"x","became":null}]}],\
      "nextCursor":"2ab"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let page = try await points.audit(of: "b", limit: 1, cursor: "2cd")
      let entry = try #require(page.entries.first)
      #expect(page.nextCursor == "2ab" && entry.id == 7 && entry.at == Timestamp("2026-01-31T12:00:00Z"))
      #expect((entry.actor, entry.action, entry.subject) == ("office", "period_extended", "b"))
      #expect(entry.subjectName == "cup/one")
      #expect(entry.changes.map(\.field) == ["endsAt"])
      #expect(entry.changes.first?.was == "x" && entry.changes.first?.became == nil)
      #expect(server.requests.map(\.target) == ["/points/audit?subject=b&limit=1&cursor=2cd"])
    }
  }
}
