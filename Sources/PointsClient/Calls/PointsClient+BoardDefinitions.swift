// Boards as they are defined, for callers whose key has the role of an administrator; every key may read
// them.
import JSON

extension PointsClient {
  /// The defined boards, those for single categories included: of one point type, or all.
  public func boards(pointType: String? = nil) async throws(PointsError) -> [BoardDefinition] {
    var target = Target.boards
    target.append("pointType", pointType)
    return try await value(of: .read(target)) { fields, _ throws(MalformedAnswer) in
      try fields.list("boards")
    }
  }

  /// A board by its name or id.
  public func board(_ board: Board) async throws(PointsError) -> BoardDefinition {
    try await value(of: .read(Target.boards.adding(part: board.rawValue)))
  }

  /// Defines a board. One whose point type has transactions already is `filling` at first, and read once it
  /// is `ready`. It is sent once: a second try could not tell its own first from another's.
  @discardableResult
  public func createBoard(_ draft: BoardDraft) async throws(PointsError) -> BoardDefinition {
    let body = JSONWriter.body { draft.write(to: &$0) }
    return try await value(of: .write(Target.boards, body, key: nil))
  }

  /// Changes what is shown of a board; what is not named stays, and nothing else of it ever changes. Saying
  /// the same twice changes nothing, so it needs no key.
  @discardableResult
  public func renameBoard(
    _ board: Board, displayName: String? = nil, description: FieldChange<String> = .keep
  ) async throws(PointsError) -> BoardDefinition {
    let body = JSONWriter.body { json in
      json.field("displayName", ifAny: displayName)
      switch description {
      case .keep: break
      case .clear: json.field("description", orNull: String?.none)
      case .set(let text): json.field("description", text)
      }
    }
    let call = Call(
      method: .patch, target: Target.boards.adding(part: board.rawValue).bytes, body: body,
      isRepeatable: true, isWrite: true)
    return try await value(of: call)
  }

  /// Removes a board, with those it has for single categories. Periods that were stored stay stored. It is
  /// sent once: a second try would be told that there is no such board.
  public func removeBoard(_ board: Board) async throws(PointsError) {
    let target = Target.boards.adding(part: board.rawValue)
    _ = try await answer(
      to: Call(method: .delete, target: target.bytes, isRepeatable: false, isWrite: true))
  }
}

extension Target {
  static var boards: Target { Target("/points/boards") }
}
