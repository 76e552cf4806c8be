// The routes of payouts: planned, looked at, decided, and tried again.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

package enum PayoutRoutes {
  static let path = "/points/distributions"
  private static let bodyBytes = 64 * 1024

  /// Without a key there are no reports.
  package static func add(
    to routes: inout GuardedRoutes, desk: PayoutDesk, lookup: PointTypeLookup, reportKey: ReportKey?
  ) {
    routes.on(.post, path, for: .payouts, body: .json(limit: bodyBytes), handler: plan(desk, lookup))
    routes.on(.get, path, for: .service, handler: list(desk, lookup))
    routes.on(.get, path + "/{id}", for: .service, handler: get(desk, lookup))
    routes.on(
      .post, path + "/{id}/approve", for: .payouts, body: .json(limit: bodyBytes),
      handler: approve(desk, lookup))
    routes.on(
      .post, path + "/{id}/reject", for: .payouts, body: .json(limit: bodyBytes),
      handler: reject(desk, lookup))
    routes.on(.post, path + "/{id}/retry", for: .payouts, handler: retry(desk, lookup))
    PayoutLegRoutes.add(to: &routes, desk: desk, lookup: lookup)
    ReportRoutes.add(to: &routes, desk: desk, lookup: lookup, key: reportKey)
  }

  // MARK: Planning

  /// 200 with what would be paid; 201 with the payout; or 200 with that which there is for these ranks.
  private static func plan(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try PayoutDraft(reading: exchange)
      if !draft.isPreview, let present = try await desk.present(draft) {
        return try await response(present, desk, lookup, isReplay: true)
      }
      let ranks = try await desk.ranks(draft)
      if draft.isPreview { return try await preview(ranks, draft, desk, lookup) }
      switch try await desk.create(ranks, draft, by: caller) {
      case .created(let made): return try await response(made, desk, lookup, status: .created)
      case .present(let present):
        try Self.check(present, draft)
        return try await response(present, desk, lookup, isReplay: true)
      case .refused(let refusal): throw try await problem(refusal, lookup)
      case .stale(let hash): throw Problem(planIs: hash)
      }
    }
  }

  static func check(_ present: Distribution, _ draft: PayoutDraft) throws(Problem) {
    if let hash = draft.hash, hash != present.hash { throw Problem(planIs: present.hash) }
  }

  private static func preview(
    _ ranks: Snapshot, _ draft: PayoutDraft, _ desk: PayoutDesk, _ lookup: PointTypeLookup
  ) async throws(Problem) -> HTTPResponse {
    switch try await desk.preview(ranks, draft) {
    case .refused(let refusal): throw try await problem(refusal, lookup)
    case .planned(let plan, let terms, let refusable):
      try await lookup.learnNames(of: plan.sums.map(\.pointType) + [ranks.plan.board.pointType])
      var json = JSONWriter(reservingCapacity: 32 * 1_024)
      json.preview(plan, of: ranks, by: terms, refusable: refusable, lookup.catalog)
      return .json(json.finish())
    }
  }

  /// With the name of the point type, also of one that is new here.
  private static func problem(
    _ refusal: DistributionStore.PlanRefusal, _ lookup: PointTypeLookup
  ) async throws(Problem) -> Problem {
    if case .unreadable(let snapshot) = refusal { _ = try snapshot.readable }
    if case .plan(let reason) = refusal, let type = reason.pointType {
      try await lookup.learnNames(of: [type])
    }
    return Problem(refusal, lookup.catalog)
  }

  // MARK: Reading

  /// The last planned first.
  private static func list(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let typeName = try query.optionalString("pointType", bytes: 64)
      let snapshotText = try query.optionalString("snapshotId", bytes: 36)
      let status = try query.optionalWord("status", of: Distribution.Status.allCases.map(\.rawValue))
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 25))
      let cursor = try query.optionalCursor()
      try query.finish()
      var type: PointTypeID?
      if let typeName { type = try await lookup.type(typeName).id }
      var snapshot: SnapshotID?
      if let snapshotText { snapshot = try await desk.snapshots.find(snapshotText).id }
      let question = [
        "distributions", type?.description ?? "", snapshot?.description ?? "", status ?? "",
      ]
      let before = try cursor.map { text throws(Problem) in try PageCursor.number(in: text, of: question) }
      let phases = Distribution.Phase.allCases.filter { $0.status.rawValue == status }
      let page = try await Problem.explaining { () async throws(PostgresError) in
        try await desk.store.list(
          of: type, for: snapshot, in: phases, before: before ?? .max, limit: limit)
      }
      try await lookup.learnNames(of: page.map(\.board.pointType))
      var json = JSONWriter(reservingCapacity: 128 + 1_024 * page.count)
      json.object {
        $0.arrayField("distributions") { for one in page { $0.distribution(one, nil, lookup.catalog) } }
        let last = page.count == limit ? page.last : nil
        $0.field(
          "nextCursor",
          orNull: last.map { PageCursor([UInt64(UInt32(bitPattern: $0.number))], of: question).text })
      }
      return .json(json.finish())
    }
  }

  private static func get(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      return try await response(try await desk.find(try exchange.path("id")), desk, lookup)
    }
  }

  private static func response(
    _ distribution: Distribution, _ desk: PayoutDesk, _ lookup: PointTypeLookup,
    status: HTTPStatus = .ok, isReplay: Bool = false
  ) async throws(Problem) -> HTTPResponse {
    let sums = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.store.sums(of: distribution)
    }
    try await lookup.learnNames(of: sums.map(\.pointType) + [distribution.board.pointType])
    var json = JSONWriter(reservingCapacity: 2_048)
    json.distribution(distribution, sums, lookup.catalog)
    var response = HTTPResponse.json(json.finish(), status: status)
    if status == .created {
      response.fields.append(ResponseField("Location", "\(path)/\(distribution.id)"))
    }
    if isReplay { response.fields.append(.replayed) }
    return response
  }

  // MARK: Deciding

  private static func approve(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      var body = try RequestBody(exchange)
      let hash = try body.hash()
      try body.finish()
      let found = try await desk.find(try exchange.path("id"))
      let decided = try await desk.approve(found, hash: hash, by: caller)
      return try await response(try decided.distribution, desk, lookup)
    }
  }

  private static func reject(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      var body = try RequestBody(exchange)
      let reason = try body.string("reason", bytes: 1_024)
      try body.finish()
      let found = try await desk.find(try exchange.path("id"))
      let decided = try await Problem.explaining { () async throws(PostgresError) in
        try await desk.store.reject(found.id, because: reason, by: (caller.service, caller.name))
      }
      return try await response(try decided.distribution, desk, lookup)
    }
  }

  private static func retry(_ desk: PayoutDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let found = try await desk.find(try exchange.path("id"))
      return try await response(try await desk.retry(found, by: caller).distribution, desk, lookup)
    }
  }
}
