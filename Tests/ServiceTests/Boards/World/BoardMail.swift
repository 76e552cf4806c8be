// How accounts get from a process to Redis: at once, or, where a test has it so, late, twice, in any order or
// not at all.
import Ledger
import Projection
import TestSupport

/// Used on the loop of its process only.
final class BoardMail: @unchecked Sendable {
  private let projector: Projector
  /// Nil where all of it is sent at once.
  private var random: SeededGenerator?
  private var late: [[ChangedAccount]] = []
  private static let lateMax = 40

  init(_ projector: Projector, _ random: SeededGenerator?) {
    (self.projector, self.random) = (projector, random)
  }

  /// Of whom nobody says what they were before.
  func take(_ accounts: [NamedAccount]) async -> Set<PointTypeID> {
    await take(accounts.map { ChangedAccount($0, before: nil) })
  }

  /// Answers the types that it may not have reached.
  func take(_ accounts: [ChangedAccount]) async -> Set<PointTypeID> {
    guard !accounts.isEmpty else { return [] }
    guard random != nil, var generator = random else { return await projector.project(accounts) }
    let what = Int.random(in: 0..<5, using: &generator)
    random = generator
    let nobody = Set(accounts.map(\.account.account.key.pointType))
    switch what {
    case 0, 1: return await projector.project(accounts)
    case 2:
      late.append(accounts)
      return await projector.project(accounts)
    case 3:
      late.append(accounts)
      if late.count > Self.lateMax { late.removeFirst() }
      return nobody
    case _: return nobody
    }
  }

  /// Some of what is late arrives, in another order, by what the process knows of the boards by now.
  func deliver() async {
    guard var generator = random else { return }
    late.shuffle(using: &generator)
    let some = late.suffix(Int.random(in: 0...8, using: &generator))
    // What stays comes again.
    late.removeLast(some.count / 2)
    random = generator
    for accounts in some { _ = await projector.project(accounts) }
  }
}
