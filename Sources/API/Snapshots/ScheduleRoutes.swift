// The routes of the schedules by which snapshots are taken.
package import Calendar
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient

package enum ScheduleRoutes {
  private static let path = "/points/snapshots/schedules"
  private static let bodyBytes = 64 * 1024

  package static func add(
    to routes: inout GuardedRoutes, schedules: SnapshotSchedules, snapshots: SnapshotReader,
    zones: TimeZoneFiles, lookup: PointTypeLookup
  ) {
    routes.on(.get, path, for: .reader, handler: list(schedules, lookup))
    routes.on(
      .post, path, for: .admin, body: .json(limit: bodyBytes),
      handler: create(schedules, snapshots, zones, lookup))
    routes.on(.get, path + "/{name}", for: .reader, handler: get(schedules, lookup))
    routes.on(.delete, path + "/{name}", for: .admin, handler: remove(schedules))
  }

  /// In the order of their names.
  private static func list(_ schedules: SnapshotSchedules, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let all = try await Problem.explaining { () async throws(PostgresError) in try await schedules.all() }
      try await lookup.learnNames(of: all.map(\.schedule.board.pointType))
      var json = JSONWriter(reservingCapacity: 64 + 512 * all.count)
      json.object {
        $0.arrayField("schedules") { for record in all { $0.schedule(record, lookup.catalog) } }
      }
      return .json(json.finish())
    }
  }

  private static func get(_ schedules: SnapshotSchedules, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let name = try exchange.path("name")
      let found = try await Problem.explaining { () async throws(PostgresError) in
        try await schedules.find(name)
      }
      guard let found else { throw Self.nothingThere }
      return try await response(found, lookup)
    }
  }

  private static func create(
    _ schedules: SnapshotSchedules, _ snapshots: SnapshotReader, _ zones: TimeZoneFiles,
    _ lookup: PointTypeLookup
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try ScheduleDraft(reading: exchange, zones: zones)
      let schedule = try draft.schedule(of: try await draft.choice.find(lookup, among: snapshots))
      let outcome = try await Problem.explaining { () async throws(PostgresError) in
        let now = try await schedules.now()
        return try await schedules.acting(for: caller.actor).create(
          schedule, firstDueAt: draft.due(after: now))
      }
      switch outcome {
      case .created(let record): return try await response(record, lookup, status: .created)
      case .nameTaken:
        throw Problem(.scheduleExists, "There is a schedule \"\(schedule.name)\" already.")
      case .tooMany:
        throw Problem(
          .tooManySchedules,
          "There are \(SnapshotSchedules.most) schedules, which is as many as there may be.")
      }
    }
  }

  /// What was taken by it stays.
  private static func remove(_ schedules: SnapshotSchedules) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let name = try exchange.path("name")
      let wasThere = try await Problem.explaining { () async throws(PostgresError) in
        try await schedules.acting(for: caller.actor).remove(name)
      }
      guard wasThere else { throw Self.nothingThere }
      return HTTPResponse(.noContent)
    }
  }

  private static func response(
    _ record: SnapshotScheduleRecord, _ lookup: PointTypeLookup, status: HTTPStatus = .ok
  ) async throws(Problem) -> HTTPResponse {
    try await lookup.learnNames(of: [record.schedule.board.pointType])
    var json = JSONWriter(reservingCapacity: 512)
    json.schedule(record, lookup.catalog)
    return .json(json.finish(), status: status)
  }

  private static var nothingThere: Problem { Problem(.notFound, "There is no such schedule.") }
}

extension JSONWriter {
  fileprivate mutating func schedule(_ record: SnapshotScheduleRecord, _ types: PointTypeCatalog) {
    let schedule = record.schedule
    object {
      $0.field("name", schedule.name)
      $0.field("pointType", types.name(of: schedule.board.pointType))
      $0.field("board", schedule.board.name)
      $0.field("boardId", orNull: schedule.board.key.definedID)
      $0.field("category", orNull: schedule.board.category.isEmpty ? nil : schedule.board.category)
      $0.field("schedule", schedule.expression)
      $0.field("timeZone", schedule.timeZone)
      $0.field("source", schedule.source.rawValue)
      $0.field("keepDays", orNull: schedule.keepDays.map { Int64($0) })
      $0.field("createdAt", record.createdAt)
      $0.field("nextDueAt", orNull: record.nextDueAt)
      $0.field("lastDueAt", orNull: record.last?.dueAt)
      $0.field("lastSnapshotId", orNull: record.last?.snapshot)
      $0.field("lastRefusal", orNull: record.last?.refusal)
    }
  }
}
