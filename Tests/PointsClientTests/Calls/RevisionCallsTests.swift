// The calls by which a stored result is mended: what is asked, and what is read from the answer.
import PointsClient
import Testing

struct RevisionCallsTests {
  private static let snapshot = """
    {"id":"s-2","pointType":"points","board":"league","boardId":"b-1","category":null,"period":"spring",\
    "purpose":"revision","revision":2,"revises":"s-1","source":"ledger","rankStyle":"dense",\
    "direction":"descending","minScore":null,"minCount":null,"enabledOnly":true,"state":"complete",\
    "reason":null,"removedAt":null,"beganAt":"2026-02-01T00:00:01Z","takenAt":"2026-02-01T00:00:01Z",\
    "asOf":"2026-02-01T00:00:00Z","position":7,"members":2,"scoreSum":9,"digest":"ab","comparison":null,\
    "notCompared":null,"keepUntil":null,"schedule":null,"dueAt":null}
    """

  @Test func `a revision says whom it leaves out, and which scores it sets`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(Self.snapshot, status: 201) }) {
      points, server in
      let revision = try await points.reviseSnapshot(
        id: "s-1", reason: "two accounts", disqualify: ["mallory"],
        scores: [
          FixedScore(userID: "ada", score: -3),
          FixedScore(userID: "bob", score: 4, reachedAt: Timestamp(microseconds: 0)),
        ])
      #expect(revision.purpose == "revision" && revision.revision == 2 && revision.revises == "s-1")
      let request = try #require(server.requests.first)
      #expect("\(request.method) \(request.target)" == "POST /points/snapshots/s-1/revisions")
      let scores = [
        #"{"userId":"ada","score":-3}"#,
        #"{"userId":"bob","score":4,"reachedAt":"1970-01-01T00:00:00.000000Z"}"#,
      ]
      let members = [
        #""reason":"two accounts""#, #""disqualify":["mallory"]"#,
        #""scores":[\#(scores.joined(separator: ","))]"#,
      ]
      #expect(request.body == "{\(members.joined(separator: ","))}")
    }
  }

  @Test func `who comes late is told of the newest revision`() async throws {
    let problem = """
      {"type":"/problems/snapshot_revised","title":"t","status":409,"code":"snapshot_revised","detail":"d",\
      "newestId":"s-3"}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(problem, status: 409) }) { points, _ in
      do throws(PointsError) {
        try await points.reviseSnapshot(id: "s-1", reason: "late", disqualify: ["eve"])
        Issue.record("it was not refused")
      } catch {
        guard case .refused(let problem) = error else { throw error }
        #expect(problem.code == .snapshotRevised && problem.newestID == "s-3" && problem.isVerdict)
      }
    }
  }

  @Test func `a line of revisions, with what each changed`() async throws {
    let changes = """
      [{"userId":"ada","disqualified":false,"scoreBefore":1,"score":2,"reachedAt":"2026-01-31T12:00:00Z"},\
      {"userId":"eve","disqualified":true,"scoreBefore":5,"score":null,"reachedAt":null}]
      """
    let body = """
      {"originalId":"s-1","newestId":"s-2","revisions":[\
      {"snapshotId":"s-2","revision":2,"revises":"s-1","members":2,"reason":"typo","revisedBy":"office",\
      "revisedAt":"2026-02-02T00:00:00Z","changes":\(changes)},\
      {"snapshotId":"s-1","revision":1,"revises":null,"members":3,"reason":null,"revisedBy":null,\
      "revisedAt":null,"changes":[]}],"nextCursor":null}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let page = try await points.snapshotRevisions(id: "s-1", limit: 2)
      #expect(page.originalID == "s-1" && page.newestID == "s-2" && page.nextCursor == nil)
      #expect(page.revisions.map(\.revision) == [2, 1] && page.revisions.map(\.revises) == ["s-1", nil])
      #expect(page.revisions.map(\.reason) == ["typo", nil] && page.revisions[0].revisedBy == "office")
      let changes = page.revisions[0].changes
      #expect(changes.map(\.isDisqualified) == [false, true] && changes.map(\.score) == [2, nil])
      #expect(changes.map(\.scoreBefore) == [1, 5] && changes[1].reachedAt == nil)
      #expect(server.requests.map(\.target) == ["/points/snapshots/s-1/revisions?limit=2"])
    }
  }
}
