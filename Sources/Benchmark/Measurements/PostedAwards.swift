// Awards sent by wrk, each under a key of its own.

/// Points of what kind.
struct AwardedType: Sendable, Equatable {
  /// Nil is the default type.
  let name: String?
  /// Of how many categories each award has one, called category-1 and so on.
  let categories: Int

  static let usual = AwardedType(name: nil, categories: 0)
}

enum PostedAwards {
  static func load(
    _ ledger: borrowing FilledLedger, callers: Int, members: Int, of type: AwardedType = .usual,
    seconds: Int, looking: Bool = false,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> WrkReport {
    // A number that no other run has: keys begin with it.
    let run = Int.random(in: 1..<2_000_000_000)
    let arguments = [
      ledger.key.text, "\(run)", "\(members)", looking ? "look" : "blind", type.name ?? "",
      "\(type.categories)",
    ]
    return try Wrk.load(
      ledger.service, script: PackageResources.post_awards_lua, arguments: arguments, connections: callers,
      seconds: seconds, heeding: interruption)
  }

  /// The share of awards that were on the boards when they were answered.
  static func projectedShare(
    _ ledger: borrowing FilledLedger, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Double {
    let report = try load(
      ledger, callers: Wrk.connections, members: ledger.members, seconds: 2, looking: true,
      heeding: interruption)
    guard let looked = report.looked, looked.answers > 0 else {
      throw .unreadable(what: "what was looked at", text: "\(report)")
    }
    return Double(looked.projected) / Double(looked.answers)
  }
}
