// A ranking while it is read, page by page.
import BoardStore
import Boards
import Ledger

struct LedgerRankingDraft: Sendable {
  private typealias Standing = (score: Int64, reachedAt: Instant)

  private let subject: RankingSubject
  private let asOf: Instant
  private var members: [LedgerRanking.Member] = []
  private var texts: [UInt8] = []
  /// For each board of the subject, what each member has on it.
  private var standings: [[Standing?]]
  /// So many accounts were looked at.
  private(set) var looked = 0

  init(_ subject: RankingSubject, asOf: Instant) {
    self.subject = subject
    self.asOf = asOf
    standings = subject.boards.map { _ in [] }
  }

  /// Accounts in the order of the bytes of the users' ids, behind those added before. Who is on none of the
  /// boards is not kept.
  mutating func add(_ accounts: [NamedAccount]) {
    looked += accounts.count
    let boards = subject.boards
    for named in accounts {
      let found = boards.map { standing(of: named, on: $0) }
      guard found.contains(where: { $0 != nil }) else { continue }
      let (user, name) = (named.account.key.user.text.utf8, (named.displayName ?? "").utf8)
      members.append(
        LedgerRanking.Member(
          text: texts.count, userBytes: UInt8(clamping: user.count), nameBytes: UInt16(clamping: name.count)))
      texts.append(contentsOf: user)
      texts.append(contentsOf: name)
      for (index, standing) in found.enumerated() { standings[index].append(standing) }
    }
  }

  private func standing(of named: NamedAccount, on board: MirrorBoard) -> Standing? {
    let account = named.account
    if let defined = subject.defined {
      guard let slot = account.slots[defined.slot],
        defined.eligibility.admits(slot, isEnabled: named.isEnabled)
      else { return nil }
      return (slot.score, slot.reachedAt)
    }
    // On no board before the first transaction, which is never seen from outside its own.
    guard account.lastTransactionAt != nil, let reachedAt = board.reachedAt(of: account),
      let score = board.score(of: account)
    else { return nil }
    return (score, reachedAt)
  }

  /// Sorts; to be called where that may take its time.
  func ranking() -> LedgerRanking {
    var boards: [MirrorBoard: RankedBoard] = [:]
    for (board, standings) in zip(subject.boards, standings) {
      boards[board] = RankedBoard(board.order, standings: standings)
    }
    return LedgerRanking(subject.pointType, asOf: asOf, members: members, texts: texts, boards: boards)
  }
}
