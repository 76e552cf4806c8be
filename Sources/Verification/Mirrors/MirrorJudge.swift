// Says what of a mirror is drift, of what was read: Redis first, the ledger after it. So whatever was written
// in between makes the ledger newer, and a newer ledger is no drift. It is pure.
package import BoardStore
import Boards
package import Ledger

package enum MirrorJudge {
  /// `followed` is a revision of the account that the mirror must have reached when it was read, 0 if that is
  /// not known.
  package static func drifts(
    of held: HeldAccount, ledger: NamedAccount?, followed: Int64, on boards: ShownBoards = ShownBoards()
  ) -> [Drift] {
    // What it has to have of boards that are not known here yet, nobody can say.
    if let ledger, !boards.covers(ledger.account) { return boardDrifts(of: held) }
    return stateDrifts(of: held, ledger, followed, boards) + boardDrifts(of: held)
  }

  private static func stateDrifts(
    of held: HeldAccount, _ ledger: NamedAccount?, _ followed: Int64, _ boards: ShownBoards
  ) -> [Drift] {
    func drift(_ kind: Drift.Kind) -> [Drift] {
      [
        Drift(
          kind, held.key.pointType, user: held.key.user, expected: text(ledger?.account),
          found: held.packed == nil || held.account != nil
            ? text(held.account?.account) : "\(held.packed?.count ?? 0) bytes that are no account")
      ]
    }
    guard let ledger else { return held.packed == nil ? [] : drift(.ghostAccount) }
    guard let packed = held.packed else { return followed > 0 ? drift(.missing) : [] }
    guard let account = held.account?.account else { return drift(.differing) }
    if account.revision > ledger.account.revision { return drift(.ahead) }
    if account.revision < ledger.account.revision {
      return account.revision < followed ? drift(.outdated) : []
    }
    // Whoever is not written to keeps his places in periods that are closed, and on boards that are gone.
    let gone = held.retired.union(held.listed.map(\.slot.key).filter { !boards.keeps($0) })
    let expected = PackedAccount.bytes(PackedAccount.bytes(of: ledger, on: boards), without: gone)
    return PackedAccount.bytes(packed, without: gone) == expected ? [] : drift(.differing)
  }

  /// What is held of the account and of its members is of one moment, so a difference there is always one.
  private static func boardDrifts(of held: HeldAccount) -> [Drift] {
    guard let account = held.account?.account else { return [] }
    let always = AllTimeBoard.allCases.map { board in
      drift(
        of: held, on: .allTime(board), board.score(of: account), BoardOrder(),
        since: board.reachedAt(of: account))
    }
    let slots = held.listed.map {
      drift(of: held, on: .slot($0.slot.key), $0.slot.score, $0.order, since: $0.slot.reachedAt)
    }
    return (always + slots).compactMap(\.self)
  }

  private static func drift(
    of held: HeldAccount, on board: MirroredSet, _ value: Int64?, _ order: BoardOrder, since: Instant?
  ) -> Drift? {
    guard let value, value >= ScoreEncoding.lowestValue else { return nil }
    guard let found = held.scores[board] else {
      return Drift(
        .unlisted, held.key.pointType, user: held.key.user, board: board,
        expected: "a member with \(value), since \(since?.microseconds ?? 0)", found: "none")
    }
    guard found != ScoreEncoding.score(of: order.merit(of: value)) else { return nil }
    return Drift(
      .misscored, held.key.pointType, user: held.key.user, board: board,
      expected: "\(order.isAscending ? order.merit(of: value) : value)", found: text(ofScore: found))
  }

  /// Nil for a member that is where its account says, whatever its score: that is judged with the account.
  package static func drift(of member: StrangeMember, in pointType: PointTypeID) -> Drift? {
    let key = AccountKey(user: member.user, pointType: pointType)
    let since = "a member since \(member.reachedAt?.microseconds ?? 0)"
    guard member.member.count > 8, let packed = member.packed else {
      return Drift(
        .ghostMember, pointType, user: member.user, board: member.board, expected: "no member", found: since)
    }
    let account = HeldAccount(key: key, packed: packed).account?.account
    let belongs = account.flatMap { account in
      member.board.score(of: account).map { _ in member.board.reachedAt(of: account) }
    }
    if let belongs, belongs == member.reachedAt { return nil }
    return Drift(
      .strayMember, pointType, user: member.user, board: member.board,
      expected: belongs.map { "a member since \($0?.microseconds ?? 0)" } ?? "no member", found: since)
  }

  private static func text(ofScore score: Double) -> String {
    score.isFinite ? "\(ScoreEncoding.value(of: score))" : "\(score)"
  }

  private static func text(_ account: Account?) -> String {
    guard let account else { return "no account" }
    return "revision \(account.revision), version \(account.version), balance \(account.balance), "
      + "earned \(account.totalEarned)"
  }
}
