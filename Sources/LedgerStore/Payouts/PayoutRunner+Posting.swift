// The posting that a part of a payout's plan is made by.
import Ledger
import PostgresClient

extension PayoutRunner {
  /// The same whenever it is asked for, also after it was made.
  func posting(
    _ chunk: PayoutChunk, of distribution: Distribution
  ) async throws(PostgresError) -> Posting {
    let lines = try await pool.query(
      ReadDistributionLegs(
        number: distribution.number, after: chunk.legs.lowerBound - 1, limit: chunk.legs.count))
    guard lines.count == chunk.legs.count else { throw .unexpectedRowCount(lines.count) }
    let reversibles = try await reversibles(of: lines, chunk, of: distribution)
    var legs: [Leg] = []
    legs.reserveCapacity(lines.count)
    for line in lines {
      legs.append(try Self.leg(line.leg, reversibles, of: distribution))
    }
    return Posting(
      id: chunk.posting, legs: legs, request: Self.request(chunk, of: distribution),
      service: distribution.planned.service, isByAdmin: true, decision: .legByLeg)
  }

  /// What is taken back of, with what earlier attempts took of it.
  private func reversibles(
    of lines: [NumberedLeg], _ chunk: PayoutChunk, of distribution: Distribution
  ) async throws(PostgresError) -> [TransactionID: ReadTakenBack.Row] {
    let originals = lines.compactMap { line -> TransactionID? in
      guard case .takeBack(let original) = line.leg.change else { return nil }
      return original
    }
    guard !originals.isEmpty else { return [:] }
    let rows = try await pool.query(
      ReadTakenBack(number: distribution.number, before: chunk.chunk, originals: originals))
    return Dictionary(rows.map { ($0.transaction.id, $0) }) { first, _ in first }
  }

  private static func leg(
    _ leg: PayoutLeg, _ reversibles: [TransactionID: ReadTakenBack.Row], of distribution: Distribution
  ) throws(PostgresError) -> Leg {
    var details = TransactionDetails()
    details.relatedTo = distribution.id.description
    details.reason = distribution.reason(for: leg)
    guard case .takeBack(let original) = leg.change else {
      return Leg(account: leg.account, change: .credit(leg.amount), kind: .distribution, details: details)
    }
    guard let found = reversibles[original] else { throw .unexpectedRowCount(reversibles.count) }
    let reversal = Reversal(
      original: found.transaction, amount: leg.amount - found.takenBefore, allowsPartial: true)
    return Leg(account: leg.account, change: .reversal(reversal), kind: .reversal, details: details)
  }

  /// No caller's key begins with a zero.
  private static func request(_ chunk: PayoutChunk, of distribution: Distribution) -> Request {
    var content = RequestContent(.distribution)
    content.add(.relatedTo, distribution.id.bits)
    content.add(.legs, Int64(chunk.chunk))
    let key: [UInt8] = [0] + Array("payout \(distribution.id) \(chunk.chunk)".utf8)
    return Request(service: distribution.planned.service, key: key, content: content)
  }
}

extension Distribution {
  /// What the transaction tells the user.
  fileprivate func reason(for leg: PayoutLeg) -> String {
    let ranks = period.map { "\(board.name) \($0.label)" } ?? board.name
    switch (leg.change, leg.standing) {
    case (.give, let standing?): return "rank \(standing.rank) of \(ranks)"
    case (.takeBack, let standing?): return "ranks of \(ranks) corrected to rank \(standing.rank)"
    case (.give, nil), (.takeBack, nil): return "ranks of \(ranks) corrected"
    }
  }
}
