// Some lines of an import on their way into the ledger. Each line is a posting of its own: a bad one refuses
// no neighbour, and each has its own idempotency key, so a portion that was done in part is done again.
import Configuration
import Imports
import Ledger
import LedgerStore
import PostgresClient
import Service

struct ImportPortion: Sendable {
  struct Entry: Sendable {
    let record: CSVRecord
    var reading: Result<ImportLine, LineRefusal>
  }

  struct Outcome: Sendable {
    var tally = ImportTally()
    var refused: [RefusedLine] = []
    /// Whether lines were found that an earlier run had brought.
    var metKnownLines: Bool { tally.known > 0 }
  }

  /// A line that nothing speaks against so far.
  private struct Candidate {
    let place: Int
    let line: ImportLine
    let type: PointType
    let request: Request
  }

  let entries: [Entry]
  /// Whether to look what is done already, before anything is posted.
  let looksBack: Bool

  func settle(
    _ request: ImportRequest, _ types: ImportTypes, at desk: LedgerDesk
  ) async throws(CommandFailure) -> Outcome {
    var verdicts: [LineRefusal?] = entries.map { entry in
      if case .failure(let refusal) = entry.reading { refusal } else { nil }
    }
    var candidates = try await candidates(request, types, &verdicts)
    var outcome = Outcome()
    if looksBack || request.isDryRun {
      (candidates, outcome.tally.known) = try await unanswered(candidates, request, at: desk, &verdicts)
    }
    candidates = try await withStanding(candidates, request, at: desk, &verdicts)
    if request.isDryRun {
      outcome.tally.imported = Int64(candidates.count)
    } else {
      try await post(candidates, request, at: desk, &verdicts, &outcome.tally)
    }
    outcome.refused = zip(entries, verdicts).compactMap { entry, refusal in
      refusal.map { RefusedLine(entry.record, $0) }
    }
    outcome.tally.refused = Int64(outcome.refused.count)
    return outcome
  }

  // MARK: What speaks against a line

  private func candidates(
    _ request: ImportRequest, _ types: ImportTypes, _ verdicts: inout [LineRefusal?]
  ) async throws(CommandFailure) -> [Candidate] {
    var candidates: [Candidate] = []
    for (place, entry) in entries.enumerated() {
      guard case .success(let line) = entry.reading else { continue }
      guard let type = try await types.type(line.type) else {
        verdicts[place] = LineRefusal(.unknownType, "there is no point type \"\(line.type)\"")
        continue
      }
      candidates.append(
        Candidate(
          place: place, line: line, type: type,
          request: GenesisPosting.request(line, type.id, prefix: request.prefix)))
    }
    return candidates
  }

  /// Without those whose types or users take no points; the others' users get their names. This is looked
  /// at here and not left to the ledger, for the sake of those names and of dry runs.
  private func withStanding(
    _ candidates: [Candidate], _ request: ImportRequest, at desk: LedgerDesk,
    _ verdicts: inout [LineRefusal?]
  ) async throws(CommandFailure) -> [Candidate] {
    let createsUsers = desk.configuration.users == .open
    let standings = try await desk.patiently { () async throws(PostgresError) in
      try await desk.users.standings(of: candidates.map(\.line.user))
    }
    var strangers: [(user: UserID, displayName: String)] = []
    var nameless: [UserID: String] = [:]
    let standing = candidates.filter { candidate in
      let (line, user) = (candidate.line, standings[candidate.line.user])
      if let refusal = Self.refusal(of: user, candidate.type, createsUsers: createsUsers) {
        verdicts[candidate.place] = refusal
        return false
      }
      guard let name = line.displayName else { return true }
      if user == nil { strangers.append((line.user, name)) }
      if let user, !user.hasName, nameless[line.user] == nil { nameless[line.user] = name }
      return true
    }
    guard !request.isDryRun else { return standing }
    let (new, named) = (strangers, nameless)
    try await desk.patiently { () async throws(PostgresError) in
      try await desk.users.register(new)
      for (user, name) in named { try await desk.users.name(user, name) }
    }
    return standing
  }

  private static func refusal(
    of user: RegisteredUser?, _ type: PointType, createsUsers: Bool
  ) -> LineRefusal? {
    guard type.isEnabled else {
      return LineRefusal(.typeDisabled, "the point type \(type.name) is disabled")
    }
    guard let user else {
      return createsUsers ? nil : LineRefusal(.userUnknown, "only registered users can have points here")
    }
    return user.isEnabled ? nil : LineRefusal(.userDisabled, "the user is disabled")
  }

  /// Those that were not answered before, and how many were accepted then.
  private func unanswered(
    _ candidates: [Candidate], _ request: ImportRequest, at desk: LedgerDesk,
    _ verdicts: inout [LineRefusal?]
  ) async throws(CommandFailure) -> ([Candidate], known: Int64) {
    let answers = try await desk.patiently { () async throws(PostgresError) in
      try await desk.reader.answers(to: candidates.map(\.request))
    }
    var (left, known): ([Candidate], Int64) = ([], 0)
    for candidate in candidates {
      guard let answer = answers[candidate.request.digest] else {
        left.append(candidate)
        continue
      }
      if candidate.request.fingerprint.difference(from: answer.fingerprint) != nil {
        verdicts[candidate.place] = GenesisPosting.conflict(under: request.prefix)
      } else if case .refused(let refusal) = answer.outcome {
        verdicts[candidate.place] = LineRefusal(refusal)
      } else {
        known += 1
      }
    }
    return (left, known)
  }

  // MARK: Posting

  private func post(
    _ candidates: [Candidate], _ request: ImportRequest, at desk: LedgerDesk,
    _ verdicts: inout [LineRefusal?], _ tally: inout ImportTally
  ) async throws(CommandFailure) {
    guard !candidates.isEmpty else { return }
    let postings = candidates.map { GenesisPosting.posting($0.line, $0.type.id, $0.request) }
    for (candidate, outcome) in zip(candidates, try await desk.postPatiently(postings)) {
      switch outcome {
      case .posted(let receipt):
        if receipt.isReplay { tally.known += 1 } else { tally.imported += 1 }
      case .refused(let refusal, _): verdicts[candidate.place] = LineRefusal(refusal)
      case .conflicting: verdicts[candidate.place] = GenesisPosting.conflict(under: request.prefix)
      case .typeGone:
        verdicts[candidate.place] = LineRefusal(
          .unknownType, "the point type \(candidate.line.type) was deleted")
      case .inFlight: preconditionFailure("What is in flight has no outcome that stays.")
      }
    }
  }
}
