// The periods of boards; whoever changes one needs a key with the role of an administrator.
import JSON

extension PointsClient {
  /// The periods of a board, the newest first: those laid down for the time to come, too, unless only those
  /// that have begun are asked for. `limit` is 1,000 at most.
  public func periods(
    of board: Board, category: String? = nil, begunOnly: Bool = false, limit: Int? = nil,
    cursor: String? = nil
  ) async throws(PointsError) -> BoardPeriodPage {
    var target = Target.periods(of: board)
    target.append("category", category)
    if begunOnly { target.append("begun", "true") }
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// Announces a season, behind all that the board has. It is sent once: a second try would be told that the
  /// label is taken.
  @discardableResult
  public func announceSeason(
    _ season: Season, on board: Board, category: String? = nil
  ) async throws(PointsError) -> BoardPeriod {
    let body = JSONWriter.body { season.write(to: &$0) }
    var target = Target.periods(of: board)
    target.append("category", category)
    return try await value(of: .write(target, body, key: nil))
  }

  /// Ends an open period earlier, at an instant to come; without one, two seconds from now, and then it is
  /// sent once, for a second try would mean a later instant.
  @discardableResult
  public func closePeriod(
    _ label: String, of board: Board, category: String? = nil, at instant: Timestamp? = nil
  ) async throws(PointsError) -> BoardPeriod {
    let body = JSONWriter.body { $0.field("at", ifAny: instant?.description) }
    return try await change(
      label, of: board, category, by: "close", body, isRepeatable: instant != nil)
  }

  /// Lets an open period go on until an instant to come. The one behind it begins there.
  @discardableResult
  public func extendPeriod(
    _ label: String, of board: Board, category: String? = nil, until instant: Timestamp
  ) async throws(PointsError) -> BoardPeriod {
    let body = JSONWriter.body { $0.field("until", instant.description) }
    return try await change(label, of: board, category, by: "extend", body, isRepeatable: true)
  }

  private func change(
    _ label: String, of board: Board, _ category: String?, by verb: String, _ body: [UInt8],
    isRepeatable: Bool
  ) async throws(PointsError) -> BoardPeriod {
    var target = Target.periods(of: board).adding(part: label)
    target.append(part: verb)
    target.append("category", category)
    let call = Call(
      method: .post, target: target.bytes, body: body, isRepeatable: isRepeatable, isWrite: true)
    return try await value(of: call)
  }
}

extension Target {
  fileprivate static func periods(of board: Board) -> Target {
    var target = boards.adding(part: board.rawValue)
    target.append(part: "periods")
    return target
  }
}
