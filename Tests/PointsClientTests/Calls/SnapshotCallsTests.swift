// The calls about snapshots: what is asked, and what is read from the answer.
import PointsClient
import Testing

struct SnapshotCallsTests {
  private static let id = "019c1234-0000-8000-8000-000000000001"

  private static let snapshot = """
    {"id":"\(id)","pointType":"points","board":"league","boardId":"019c1234-0000-7000-8000-000000000002",\
    "category":null,"period":"2026-W05","purpose":"close","source":"ledger","rankStyle":"dense",\
    "direction":"descending","minScore":null,"minCount":2,"enabledOnly":true,"state":"complete",\
    "reason":null,\
    "removedAt":null,"beganAt":"2026-02-01T00:00:01Z","takenAt":"2026-02-01T00:00:01Z",\
    "asOf":"2026-02-01T00:00:00Z","position":7,"members":2,"scoreSum":18446744073709551614,"digest":"ab",\
    "comparison":{"checked":2,"drifted":1,"repaired":1},"notCompared":null,"keepUntil":null,\
    "schedule":"nightly","dueAt":"2026-02-01T00:00:00Z"}
    """

  @Test func `a snapshot is taken under a key, and read`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(Self.snapshot, status: 201) }) {
      points, server in
      let taken = try await points.takeSnapshot(board: .earned, source: .live, idempotencyKey: "monday")
      #expect(taken.id == Self.id && taken.state == .complete && taken.board.rawValue == "league")
      #expect(taken.scoreSum == Int128(UInt64.max) - 1 && taken.members == 2 && taken.period == "2026-W05")
      #expect(taken.comparison?.drifted == 1 && taken.keepUntil == nil && taken.source == .ledger)
      let request = try #require(server.requests.first)
      #expect(request.target == "/points/snapshots" && request.fields["idempotency-key"] == "monday")
      #expect(request.body == #"{"board":"earned","source":"live"}"#)
    }
  }

  @Test func `schedules are made, listed and removed, and a snapshot is kept longer`() async throws {
    let schedule = """
      {"name":"nightly","pointType":"points","board":"league",\
      "boardId":"019c1234-0000-7000-8000-000000000002",\
      "category":null,"schedule":"0 3 * * *","timeZone":"Europe/Berlin","source":"ledger","keepDays":90,\
      "createdAt":"2026-02-01T00:00:00Z","nextDueAt":"2026-02-01T02:00:00Z","lastDueAt":null,\
      "lastSnapshotId":null,"lastRefusal":null}
      """
    try await withClient(answering: { request in
      switch request.method {
      case "POST": ScriptedAnswers.json(schedule, status: 201)
      case "PATCH": ScriptedAnswers.json(Self.snapshot)
      case "DELETE": ScriptedAnswers.json("", status: 204)
      default: ScriptedAnswers.json(#"{"schedules":[\#(schedule)]}"#)
      }
    }) { points, server in
      let made = try await points.scheduleSnapshots(
        "nightly", at: "0 3 * * *", timeZone: "Europe/Berlin", of: "league", keepDays: 90)
      #expect(made.name == "nightly" && made.keepDays == 90 && made.lastSnapshotID == nil)
      #expect(try await points.snapshotSchedules() == [made])
      let kept = try await points.keepSnapshot(id: Self.id, until: nil)
      #expect(kept.schedule == "nightly" && kept.dueAt == kept.asOf && kept.notCompared == nil)
      try await points.removeSnapshotSchedule("nightly")
      let path = "/points/snapshots/schedules"
      #expect(
        server.requests.map { "\($0.method) \($0.target)" } == [
          "POST \(path)", "GET \(path)", "PATCH /points/snapshots/\(Self.id)", "DELETE \(path)/nightly",
        ])
      #expect(server.requests[2].body == #"{"keepUntil":null}"#)
      let members = [
        #""name":"nightly""#, #""schedule":"0 3 * * *""#, #""timeZone":"Europe/Berlin""#,
        #""board":"league""#, #""keepDays":90"#,
      ]
      #expect(server.requests[0].body == "{\(members.joined(separator: ","))}")
    }
  }

  @Test func `entries, one user, and changes`() async throws {
    let entry = """
      "place":3,"rank":2,"userId":"a/b","displayName":null,"score":-4,"reachedAt":"2026-01-31T12:00:00Z",\
      "version":9
      """
    let answers = [
      "entries": #"{"snapshotId":"\#(Self.id)","entries":[{\#(entry)}],"members":3,"nextCursor":"2ab"}"#,
      "a%2Fb": #"{"snapshotId":"\#(Self.id)",\#(entry),"members":3,"percentile":50.00,"missing":7}"#,
      "diff": """
      {"snapshotId":"x","against":"y","changes":[{"userId":"a/b","before":null,\
      "after":{"rank":1,"score":5,"reachedAt":"2026-01-31T12:00:00Z"}}],"nextCursor":null}
      """,
    ]
    try await withClient(answering: { request in
      let path = request.target.split(separator: "?")[0]
      let last = path.split(separator: "/").last.map(String.init) ?? ""
      return ScriptedAnswers.json(answers[last] ?? "{}")
    }) { points, server in
      let page = try await points.snapshotEntries(id: Self.id, fromRank: 2, limit: 1)
      #expect(page.entries.first?.score == -4 && page.nextCursor == "2ab" && page.members == 3)
      let standing = try await points.snapshotStanding(id: Self.id, userID: "a/b")
      #expect(standing?.entry.rank == 2 && standing?.missing == 7 && standing?.percentile == 50)
      let changes = try await points.snapshotChanges(id: Self.id, since: "y")
      #expect(changes.changes.first?.before == nil && changes.changes.first?.after?.rank == 1)
      #expect(
        server.requests.map(\.target) == [
          "/points/snapshots/\(Self.id)/entries?rank=2&limit=1", "/points/snapshots/\(Self.id)/users/a%2Fb",
          "/points/snapshots/\(Self.id)/diff?against=y",
        ])
    }
  }

  @Test func `ranks of the past, and the best of them`() async throws {
    let rank = """
      {"snapshotId":"\(Self.id)","purpose":"close","period":"spring","asOf":"2026-02-01T00:00:00Z","rank":2,\
      "score":30,"reachedAt":"2026-01-31T12:00:00Z","members":4}
      """
    let body = """
      {"userId":"123","pointType":"points","board":"league","category":null,"ranks":[\(rank)],"best":\(rank),\
      "nextCursor":null}
      """
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let history = try await points.rankHistory(
        userID: "123", board: Board(rawValue: "league"), purpose: "close", withBest: true)
      #expect(history.ranks == [try #require(history.best)] && history.best?.rank == 2)
      #expect(history.best?.period == "spring" && history.nextCursor == nil)
      #expect(
        server.requests.map(\.target) == [
          "/points/leaderboard/history?userId=123&board=league&purpose=close&best=true"
        ])
    }
  }
}
