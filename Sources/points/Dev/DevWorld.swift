// A small world to look at: a guild of twenty, two point types, a week of raids, events and purchases. It is
// posted through the API as any back-end would, under keys of its own, so a second start finds everything
// made already.
import EventLoop
import PointsClient

enum DevWorld {
  private static let names = [
    "Ada", "Bran", "Cleo", "Dario", "Edda", "Falk", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Lorenz",
    "Mira", "Nils",
    "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tilda",
  ]
  private static let gems = "gems"

  /// Posts what is missing. What fails is not worth stopping for: the service is there, only emptier.
  static func settle(with points: PointsClient) async throws(PointsError) {
    do throws(PointsError) {
      _ = try await points.createPointType(name: gems, displayName: "Gems")
    } catch {
      guard case .refused(let problem) = error, problem.code == .typeExists else { throw error }
    }
    for name in names {
      _ = try await points.setUser(userID: name.lowercased(), displayName: name)
    }
    let week = week()
    var start = 0
    while start < week.count {
      let batch = Array(week[start..<min(start + 100, week.count)])
      _ = try await points.post(batch: batch)
      start += 100
    }
  }

  /// Everybody raids each evening, some win, some buy. The figures are spread by a fixed rule and not by
  /// chance, so that the boards are the same for everyone who follows the documentation.
  private static func week() -> [PostingDraft] {
    let day: Int64 = 86_400_000_000
    let midnight = WallClock.now.microseconds / day * day
    var drafts: [PostingDraft] = []
    for (index, name) in names.enumerated() {
      let user = name.lowercased()
      for daysAgo in 1...7 {
        let evening = Timestamp(microseconds: midnight - Int64(daysAgo) * day + 20 * 3_600_000_000)
        let mix = (index * 37 + daysAgo * 53) % 100
        drafts.append(
          draft(
            "\(user)-raid-\(daysAgo)",
            [
              Leg(
                .credit, userID: user, amount: Int64(20 + mix), kind: "raid", reason: "Evening raid",
                occurredAt: evening)
            ]))
        if mix > 70 {
          drafts.append(
            draft(
              "\(user)-win-\(daysAgo)",
              [
                Leg(
                  .credit, userID: user, amount: 50, kind: "winner", reason: "Arena victory",
                  occurredAt: evening),
                Leg(.credit, userID: user, amount: 3, pointType: gems, kind: "winner", occurredAt: evening),
              ]))
        }
      }
      if index % 4 == 0 {
        drafts.append(
          draft(
            "\(user)-purchase",
            [
              Leg(.debit, userID: user, amount: 75, kind: "purchase", description: "Banner of the guild")
            ]))
      }
    }
    return drafts
  }

  private static func draft(_ key: String, _ legs: [Leg]) -> PostingDraft {
    PostingDraft(legs, idempotencyKey: IdempotencyKey("dev-world-\(key)"))
  }
}
