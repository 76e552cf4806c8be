// Results that are mended after they were stored.
import JSON

extension PointsClient {
  /// Makes a revision of a snapshot: without those who are disqualified, with the scores that are given,
  /// ranked anew. Users are at most 1,000 and must be in it. Needs the role of an administrator. The same
  /// call again finds the revision that it has made; give the client a `requestTimeout` of 30 seconds for
  /// large boards.
  @discardableResult
  public func reviseSnapshot(
    id: String, reason: String, disqualify: [String] = [], scores: [FixedScore] = []
  ) async throws(PointsError) -> Snapshot {
    let body = JSONWriter.body {
      $0.field("reason", reason)
      $0.arrayField("disqualify") { for user in disqualify { $0.string(user) } }
      $0.arrayField("scores") {
        for score in scores {
          $0.object {
            $0.field("userId", score.userID)
            $0.field("score", score.score)
            $0.field("reachedAt", ifAny: score.reachedAt?.description)
          }
        }
      }
    }
    let call = Call(
      method: .post, target: Self.revisions(of: id).bytes, body: body, isRepeatable: true, isWrite: true)
    return try await value(of: call)
  }

  /// The line that a snapshot is in, the newest revision first, down to the original; 25 at most.
  public func snapshotRevisions(
    id: String, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> SnapshotRevisionPage {
    var target = Self.revisions(of: id)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  private static func revisions(of id: String) -> Target {
    var target = Target("/points/snapshots").adding(part: id)
    target.append(part: "revisions")
    return target
  }
}
