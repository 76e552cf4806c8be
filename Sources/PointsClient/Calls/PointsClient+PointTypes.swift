// Point types, for callers whose key has the role of an administrator.
import JSON

extension PointsClient {
  /// All point types.
  public func pointTypes() async throws(PointsError) -> [PointType] {
    try await value(of: .read(Self.types)) { fields, _ throws(MalformedAnswer) in
      try fields.list("types")
    }
  }

  /// A point type by its name or id.
  public func pointType(_ nameOrID: String) async throws(PointsError) -> PointType {
    try await value(of: .read(Self.types.adding(part: nameOrID)))
  }

  /// Creates a point type. It is sent once: a second try could not tell its own first from another's.
  @discardableResult
  public func createPointType(
    name: String, displayName: String, description: String? = nil, isEnabled: Bool = true,
    minAmount: Int64? = nil, maxAmount: Int64? = nil
  ) async throws(PointsError) -> PointType {
    let body = JSONWriter.body { json in
      json.field("name", name)
      json.field("displayName", displayName)
      json.field("description", ifAny: description)
      json.field("enabled", isEnabled)
      json.field("minAmount", ifAny: minAmount)
      json.field("maxAmount", ifAny: maxAmount)
    }
    return try await value(of: .write(Self.types, body, key: nil))
  }

  /// Changes a point type; what is not named stays. Saying the same twice changes nothing, so it needs no
  /// key.
  @discardableResult
  public func changePointType(
    _ nameOrID: String, displayName: String? = nil, description: FieldChange<String> = .keep,
    isEnabled: Bool? = nil, minAmount: FieldChange<Int64> = .keep, maxAmount: FieldChange<Int64> = .keep
  ) async throws(PointsError) -> PointType {
    let body = JSONWriter.body { json in
      json.field("displayName", ifAny: displayName)
      json.field("enabled", ifAny: isEnabled)
      switch description {
      case .keep: break
      case .clear: json.field("description", orNull: String?.none)
      case .set(let text): json.field("description", text)
      }
      Self.write("minAmount", minAmount, to: &json)
      Self.write("maxAmount", maxAmount, to: &json)
    }
    let call = Call(
      method: .patch, target: Self.types.adding(part: nameOrID).bytes, body: body, isRepeatable: true,
      isWrite: true)
    return try await value(of: call)
  }

  /// Deletes a point type of which no account exists. It is sent once: a second try would be told that there
  /// is no such type.
  public func deletePointType(_ nameOrID: String) async throws(PointsError) {
    let target = Self.types.adding(part: nameOrID)
    _ = try await answer(
      to: Call(method: .delete, target: target.bytes, isRepeatable: false, isWrite: true))
  }

  private static var types: Target { Target("/points/types") }

  private static func write(
    _ name: StaticString, _ change: FieldChange<Int64>, to json: inout JSONWriter
  ) {
    switch change {
    case .keep: break
    case .clear: json.field(name, orNull: Int64?.none)
    case .set(let value): json.field(name, value)
    }
  }
}
