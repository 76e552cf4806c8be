// The point types that the lines of an import name. Those that are not there are created if that was asked
// for, as an admin would create them; but not without bound, for in a file whose columns are mixed up every
// user would be a type.
import Imports
import Ledger
import LedgerStore
import PostgresClient
import Service

/// Used on one loop only.
final class ImportTypes: @unchecked Sendable {
  static let createdMax = 64

  private let desk: LedgerDesk
  private let request: ImportRequest
  private var created = 0
  /// Of a dry run: types that would be there by now.
  private var imagined: [String: PointType] = [:]

  init(_ request: ImportRequest, at desk: LedgerDesk) {
    self.request = request
    self.desk = desk
  }

  /// Nothing for an unknown one that is not to be created.
  func type(_ nameOrID: String) async throws(CommandFailure) -> PointType? {
    if let known = desk.type(nameOrID) ?? imagined[nameOrID] { return known }
    guard request.createsTypes, PointType.isName(nameOrID), created < Self.createdMax else { return nil }
    if request.isDryRun { return imagine(nameOrID) }
    let outcome = try await desk.patiently { () async throws(PostgresError) in
      try await desk.types.create(nameOrID, PointTypeTraits(displayName: nameOrID))
    }
    // Several portions may have asked for it at once.
    if case .created = outcome { created += 1 }
    if desk.type(nameOrID) == nil {
      try await desk.patiently { () async throws(PostgresError) in try await desk.refreshTypes() }
    }
    return desk.type(nameOrID)
  }

  /// Its id is in no ledger, so nothing will be found that was imported before.
  private func imagine(_ name: String) -> PointType {
    let id = PointTypeID(UUIDBits(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max)))
    let type = PointType(
      id: id, name: name, displayName: name, description: nil, isEnabled: true, minAmount: nil,
      maxAmount: nil, createdAt: .now, updatedAt: .now)
    imagined[name] = type
    created += 1
    return type
  }
}
