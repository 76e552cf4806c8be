// Whole mirrors in the background: each is weighed every second, and searched through, taken out of service
// or built anew if it does not hold as much as it must; and their sums are held against the ledger.
import BoardStore
import Boards
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Projection

extension ContinuousVerifier {
  func weighMirrors() async throws(VerificationError) {
    let types = catalog.all
    guard !types.isEmpty else { return }
    for offset in 0..<min(types.count, Self.weighedMax) {
      let type = types[(nextWeighed + offset) % types.count]
      guard let mirror = try? await LiveMirror.of(type.id, in: boards) else { continue }
      try await weigh(type, mirror)
    }
    nextWeighed = (nextWeighed + Self.weighedMax) % types.count
  }

  private func weigh(_ type: PointType, _ mirror: LiveMirror) async throws(VerificationError) {
    let weight = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.weigh(type.id, in: mirror.keys)
    }
    switch balances[type.id, default: MirrorBalance()].judge(weight, epoch: mirror.keys.epoch) {
    case .even: unhelped[type.id] = nil
    case .lost(let lost, let total):
      if try await isAsTheLedger(weight, mirror) { return balances[type.id] = nil }
      try await retire(type, mirror, lost, total)
    case .uneven(let count):
      guard isSearcher, unhelped[type.id] != count, mayTouch(type) else { return }
      tell(.loss(type: type.name, lost: count, total: weight.accounts, isRetired: false))
      try await searchThrough(type)
      try await weighAgain(type)
    }
  }

  /// Whether a mirror that holds less than it did holds what the ledger does: it had ghosts, and somebody has
  /// removed them.
  private func isAsTheLedger(
    _ weight: MirrorWeight, _ mirror: LiveMirror
  ) async throws(VerificationError) -> Bool {
    var byItself = MirrorBalance()
    if case .lost = byItself.judge(weight, epoch: mirror.keys.epoch) { return false }
    guard let comparisons = try await sums?.compare(mirror, drifted: []) else { return false }
    return comparisons.allSatisfy { $0.members == $0.expectedMembers }
  }

  /// After a search what is there is all there has to be, whatever there was before. If it is uneven all the
  /// same, there is something in it that nobody finds: it is built anew, but only once for that.
  private func weighAgain(_ type: PointType) async throws(VerificationError) {
    guard let mirror = try? await LiveMirror.of(type.id, in: boards) else { return }
    let weight = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.weigh(type.id, in: mirror.keys)
    }
    var balance = MirrorBalance()
    let verdict = balance.judge(weight, epoch: mirror.keys.epoch)
    balances[type.id] = balance
    guard case .uneven(let count) = verdict else { return }
    let isInVain = unhelped.updateValue(count, forKey: type.id) != nil
    if !isInVain { await rebuild(type) }
  }

  private func searchThrough(_ type: PointType) async throws(VerificationError) {
    let found = try await search.keeping { () throws(VerificationError) in
      try await searcher.verify(type.id, repairs: true) { _, _, _ in }
    }
    if found.isWithoutSums, found.repaired > 0 { turns.doubt(type.id) }
    note(found, type)
  }

  /// Holds both boards of a type, if it is its turn, against the sums of the ledger. What is missing on them
  /// shows here even if it was gone before this process came. A sum may be wrong because an account is, so
  /// whoever puts it right looks at all accounts first.
  func compareSums() async throws(VerificationError) {
    guard let sums else { return }
    // What a process has put in doubt it settles itself, whoever searches.
    let due = turns.due(among: catalog.all, at: loop.clock.now, onlyInDoubt: !isSearcher)
    guard let type = due else { return }
    let isInDoubt = turns.isInDoubt(type.id)
    let begin = loop.clock.now
    defer { turns.note(type.id, from: begin, to: loop.clock.now) }
    guard let mirror = try? await LiveMirror.of(type.id, in: boards) else { return }
    guard let comparisons = try await compare(sums, mirror) else { return }
    turns.settle(type.id)
    status.sums += 1
    for board in comparisons where board.isLost {
      return try await retire(type, mirror, board.expectedMembers - board.members, board.expectedMembers)
    }
    if comparisons.allSatisfy(\.isEqual) { return }
    let isComplete = comparisons.allSatisfy { $0.members == $0.expectedMembers }
    if isInDoubt, isComplete { return try await correct(comparisons, type, mirror) }
    guard isSearcher, mayTouch(type) else { return }
    for board in comparisons where board.members != board.expectedMembers {
      let missing = board.expectedMembers - board.members
      tell(.loss(type: type.name, lost: missing, total: board.expectedMembers, isRetired: false))
    }
    try await searchThrough(type)
  }

  private func compare(
    _ sums: MirrorSums, _ mirror: LiveMirror
  ) async throws(VerificationError) -> [MirrorSums.Comparison]? {
    guard isSearcher else { return try await sums.compare(mirror, drifted: []) }
    return try await search.keeping { () throws(VerificationError) in
      try await sums.compare(mirror, drifted: [])
    }
  }

  /// A sum is in doubt because accounts were repaired, so they need not be looked at first. If another one is
  /// wrong still, its repair puts the sum in doubt once more.
  private func correct(
    _ comparisons: [MirrorSums.Comparison], _ type: PointType, _ mirror: LiveMirror
  ) async throws(VerificationError) {
    guard let sums else { return }
    for fault in MirrorSums.faults(in: comparisons, of: type.id) {
      let isCorrected = try await sums.correct(fault, in: mirror)
      status.repaired += isCorrected ? 1 : 0
      if !isCorrected { turns.doubt(type.id) }
      status.note(fault.drift)
      tell(.drift(fault.drift, type: type.name, isRepaired: isCorrected))
    }
  }

  /// Without its marker a mirror is not read any more, and whoever follows builds it anew at once.
  private func retire(
    _ type: PointType, _ mirror: LiveMirror, _ lost: Int64, _ total: Int64
  ) async throws(VerificationError) {
    let states = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.markers(of: [type.id])
    }
    guard let state = states.first, state.epochs.live == mirror.keys else { return }
    guard await boards.retire(seeing: state) == .done else { return }
    status.retired += 1
    tell(.loss(type: type.name, lost: lost, total: total, isRetired: true))
  }

  private func note(_ found: MirrorFindings, _ type: PointType) {
    status.repaired += Int(found.repaired)
    for drift in found.drifts.shown {
      status.note(drift)
      tell(.drift(drift, type: type.name, isRepaired: found.isWhole))
    }
    count(samples: found.accounts, drifted: found.drifted, type)
  }
}

extension MirrorSums.Comparison {
  /// Whether so many are gone that ranks mean nothing.
  fileprivate var isLost: Bool { MirrorBalance.isTooMuch(expectedMembers - members, of: expectedMembers) }
}
