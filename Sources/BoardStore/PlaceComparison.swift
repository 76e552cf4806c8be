// What is held against what, when a snapshot is compared with a board: the account that Redis holds with the
// account that was told, and its member, with the score, with what that account must have. All of it is
// compared as the bytes that came and where they lie, for there may be a million of them.
import Boards
import Ledger
import RedisClient

/// Some places of a board, one behind the other.
struct PlaceComparison {
  private enum Verdict {
    case agrees, differs
    /// The account is as told, but its member is not near.
    case strays
    /// The account has gone on since, and tells nothing any more.
    case hasGoneOn
  }

  /// As many members before and behind the expected one are looked at.
  private static let nearby = 32

  private let places: ArraySlice<ToldPlace>
  private let set: MirroredSet
  private let order: BoardOrder
  /// By their index among all that were told, in order. Those that have gone on are in none of the three.
  private(set) var agreed: [Int] = []
  private(set) var others: [Int] = []
  private(set) var strays: [Int] = []

  init(_ places: ArraySlice<ToldPlace>, on board: MirrorBoard) {
    self.places = places
    set = board.set
    order = board.order
    agreed.reserveCapacity(places.count)
  }

  /// `members` are those of this part of the board, each with its score behind it; the first of the places
  /// is expected behind so many of them.
  mutating func compare(_ accounts: ArraySlice<RedisValue>, with members: [RedisValue], behind ahead: Int) {
    var next = 2 * ahead
    for (index, account) in zip(places.indices, accounts) {
      switch verdict(on: places[index], account, members, &next) {
      case .agrees: agreed.append(index)
      case .differs: others.append(index)
      case .strays: strays.append(index)
      case .hasGoneOn: break
      }
    }
  }

  private func verdict(
    on place: ToldPlace, _ account: RedisValue, _ members: [RedisValue], _ next: inout Int
  ) -> Verdict {
    guard case .bulk(let bytes) = account, let version = PackedAccount.version(bytes) else { return .differs }
    let told = UInt64(bitPattern: place.version)
    guard version == told else { return version < told ? .differs : .hasGoneOn }
    guard PackedAccount.shows(place, on: set, order, bytes) else { return .differs }
    guard let found = search(place, in: members, from: next) else { return .strays }
    next = found + 2
    return isScore(members[found + 1].score, of: place) ? .agrees : .differs
  }

  /// Where the member is; at the expected place first, then ever farther from it.
  private func search(_ place: ToldPlace, in members: [RedisValue], from expected: Int) -> Int? {
    for distance in 0...Self.nearby {
      let behind = expected + 2 * distance
      if behind < members.count - 1, isMember(members[behind], of: place) { return behind }
      let before = expected - 2 * distance
      if before >= 0, before < members.count - 1, isMember(members[before], of: place) { return before }
    }
    return nil
  }

  private func isMember(_ value: RedisValue, of place: ToldPlace) -> Bool {
    guard case .bulk(let member) = value else { return false }
    let user = place.user.text.utf8.span
    guard member.count == 8 + user.count, member.bigEndianInteger(at: 0) == place.reachedAt.microseconds
    else { return false }
    for index in user.indices where member[8 + index] != user[index] { return false }
    return true
  }

  private func isScore(_ score: Double?, of place: ToldPlace) -> Bool {
    score == ScoreEncoding.score(of: order.merit(of: place.score))
  }

  // MARK: What was looked up

  /// What the set says of the strays.
  var strayMembers: [[UInt8]] {
    strays.map { index in
      var member: [UInt8] = []
      member.append(bigEndian: places[index].reachedAt.microseconds)
      member.append(contentsOf: places[index].user.text.utf8)
      return member
    }
  }

  /// The scores of the strays, nil for those that are no members.
  mutating func found(_ scores: [Double?]) {
    for (index, score) in zip(strays, scores) {
      if isScore(score, of: places[index]) { agreed.append(index) } else { others.append(index) }
    }
    strays = []
    others.sort()
  }

  /// The scores of those that agree so far, each once for as long as it stays the same.
  var agreedScores: [Int64] {
    var scores: [Int64] = []
    for index in agreed where scores.last != places[index].score { scores.append(places[index].score) }
    return scores
  }

  /// Who has one of these scores does not agree: ranks are not counted in it.
  mutating func missing(_ scores: Set<Int64>) {
    guard !scores.isEmpty else { return }
    others += agreed.filter { scores.contains(places[$0].score) }
    agreed.removeAll { scores.contains(places[$0].score) }
    others.sort()
  }
}
