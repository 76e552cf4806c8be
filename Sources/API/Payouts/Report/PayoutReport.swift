// All of a payout that is at its end, in one file that proves itself: streamed, each page read when the
// caller has taken the one before, and signed by its last line. Pages are read one by one while somebody may
// have the payout tried again; so before it is signed it is looked whether anything has moved since the
// first, and whether the lines come to what was planned and noted. If not, the answer is cut off: what is not
// signed is no report.
import Cryptography
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

struct PayoutReport: Sendable {
  private static let linesPerPage = 500

  private let head: ReportHead
  private let first: [ReportedLeg]
  private let key: ReportKey
  private let desk: PayoutDesk

  /// The first page is read at once, so that what goes wrong at first is still answered as such.
  init(
    of distribution: Distribution, _ desk: PayoutDesk, _ lookup: PointTypeLookup, signedBy key: ReportKey
  ) async throws(Problem) {
    guard distribution.phase.isAtRest else {
      throw Problem(
        .distributionOutOfTurn,
        "The payout is \(distribution.phase.rawValue); a report is made of one that is at its end.",
        members: [.text("phase", distribution.phase.rawValue)])
    }
    let snapshot = try await desk.snapshots.find(distribution.snapshot.description)
    let sums = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.store.sums(of: distribution)
    }
    try await lookup.learnNames(of: sums.map(\.pointType) + [distribution.board.pointType])
    head = ReportHead(
      distribution: distribution, sums: sums, snapshot: snapshot,
      rules: try await desk.rules(at: distribution.rulesAt), types: lookup.catalog)
    first = try await Problem.explaining { () async throws(PostgresError) in
      try await desk.store.reportedLegs(of: distribution, for: snapshot, limit: Self.linesPerPage)
    }
    self.key = key
    self.desk = desk
  }

  func response<Format: ReportFormat>(as format: Format) -> HTTPResponse {
    let stream = ResponseStream { writer throws(HTTPStreamError) in try await write(as: format, to: writer) }
    let name = "payout-\(head.distribution.id).\(Format.fileExtension)"
    return HTTPResponse(
      .ok, contentType: Format.contentType,
      fields: [ResponseField("Content-Disposition", "attachment; filename=\"\(name)\"")],
      body: .stream(stream))
  }

  private func write(
    as format: some ReportFormat, to writer: any ResponseWriter
  ) async throws(HTTPStreamError) {
    var hash = SHA256()
    var tally = ReportTally()
    var part = format.beginning(head)
    var (page, isFirst) = (first, true)
    while true {
      tally.add(page)
      part += format.lines(page, head, isFirst: isFirst)
      guard page.count == Self.linesPerPage, let last = page.last?.line.number else { break }
      hash.add(part)
      try await writer.write(part)
      part = []
      (page, isFirst) = (try await self.page(after: last), false)
    }
    try await check(tally)
    part += format.ending(tally, head)
    hash.add(part)
    try await writer.write(part + format.line(of: ReportSeal(of: hash.finish(), by: key)))
  }

  private func page(after last: Int32) async throws(HTTPStreamError) -> [ReportedLeg] {
    do throws(PostgresError) {
      return try await desk.store.reportedLegs(
        of: head.distribution, for: head.snapshot, after: last, limit: Self.linesPerPage)
    } catch {
      throw .sourceFailed
    }
  }

  /// Whether what was read is all of one state.
  private func check(_ tally: ReportTally) async throws(HTTPStreamError) {
    let now: (payout: Distribution?, snapshot: Snapshot?)
    do throws(PostgresError) {
      now = (
        try await desk.store.distribution(head.distribution.id),
        try await desk.snapshots.snapshot(head.snapshot.id)
      )
    } catch {
      throw .sourceFailed
    }
    guard now.payout == head.distribution, now.snapshot?.isComplete == head.snapshot.isComplete,
      tally.agrees(with: head.distribution, head.sums)
    else { throw .sourceFailed }
  }
}
