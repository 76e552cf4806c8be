// What a verifier asks of one epoch. Each answer comes with the marker, so it is known whose mirror it was;
// how far that is does not matter here, for being behind is what is looked for.
import BoardScripts
package import Ledger
import RedisClient

extension BoardStore {
  /// The accounts that this epoch does not hold as they are given, or not where they belong on its boards.
  package func differing(
    from accounts: [NamedAccount], in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> [HeldAccount] {
    try await held(
      accounts.map(\.account.key),
      expecting: accounts.map { PackedAccount.bytes(of: $0, on: boards(of: $0.account.key.pointType)) },
      in: keys)
  }

  /// What this epoch holds of the accounts, in their order.
  package func held(
    _ accounts: [AccountKey], in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> [HeldAccount] {
    try await held(accounts, expecting: nil, in: keys)
  }

  private func held(
    _ accounts: [AccountKey], expecting packed: [[UInt8]]?, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> [HeldAccount] {
    var calls: [RedisScriptCall] = []
    let begins = stride(from: 0, to: accounts.count, by: Self.callMax)
    for begin in begins {
      var call = RedisScriptCall(
        BoardScripts.checkAccounts, keys: keys.all)
      for index in begin..<min(begin + Self.callMax, accounts.count) {
        call.arguments.append(accounts[index].user.text)
        call.arguments.append(packed?[index] ?? [])
      }
      calls.append(call)
    }
    var found: [HeldAccount] = []
    for (begin, reply) in zip(begins, await redis.call(calls)) {
      let parts = try ownParts(reply).parts
      for first in stride(from: 1, to: parts.count - 2, by: 3) {
        guard let place = parts[first].integer, accounts.indices.contains(begin + Int(place) - 1) else {
          throw .damaged
        }
        guard let scores = parts[first + 2].array,
          let held = Self.held(accounts[begin + Int(place) - 1], parts[first + 1].content, scores)
        else { throw .damaged }
        found.append(held)
      }
    }
    return found
  }

  /// The scores are of the two boards that every type has, and then of the places of the account.
  private static func held(_ key: AccountKey, _ packed: [UInt8]?, _ found: [RedisValue]) -> HeldAccount? {
    let slots = packed.map(PackedAccount.slots)?.map(\.slot.key) ?? []
    let sets = MirroredSet.always + slots.map(MirroredSet.slot)
    guard found.count == sets.count else { return nil }
    var scores: [MirroredSet: Double] = [:]
    var retired: Set<SlotKey> = []
    for (set, part) in zip(sets, found) {
      if case .slot(let slot) = set, part.bytes == Array("retired".utf8) {
        retired.insert(slot)
      } else {
        scores[set] = part.score
      }
    }
    return HeldAccount(key: key, packed: packed, scores: scores, retired: retired)
  }

  /// Goes on walking over a board, from nowhere to begin.
  package func scan(
    _ board: MirroredSet, from cursor: [UInt8]?, count: Int, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> BoardScan {
    let reply = await redis.call(
      BoardScripts.scanBoard, keys: [keys.accounts, board.key(in: keys)],
      arguments: [cursor ?? Self.no, "\(count)".utf8.bytes, board.name])
    let parts = try ownParts(reply).parts
    guard parts.count >= 3, let next = parts[1].bytes, let looked = parts[2].integer else { throw .damaged }
    var scan = BoardScan(next: next == Self.no ? nil : next, looked: looked, strange: [])
    for first in stride(from: 3, to: parts.count - 2, by: 3) {
      guard let member = parts[first].bytes else { throw .damaged }
      scan.strange.append(
        StrangeMember(
          board: board, member: member, score: parts[first + 1].score, packed: parts[first + 2].content))
    }
    return scan
  }

  /// Goes on walking over the scores of a board with dense ranks, and removes on demand those that none has.
  package func scanScores(
    of slot: SlotKey, from cursor: [UInt8]?, count: Int, removing: Bool, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> ScoreScan {
    let reply = await redis.call(
      BoardScripts.scanScores,
      keys: [keys.accounts, keys.members(of: slot), keys.scores(of: slot), keys.sums],
      arguments: [cursor ?? Self.no, "\(count)".utf8.bytes, removing ? identity : []])
    let parts = try ownParts(reply).parts
    guard parts.count == 4, let next = parts[1].bytes, let looked = parts[2].integer,
      let strange = parts[3].integer
    else { throw .damaged }
    return ScoreScan(next: next == Self.no ? nil : next, looked: looked, strange: strange)
  }

  /// Goes on walking over the accounts. What lies under no user id is told by its bytes.
  package func users(
    from cursor: [UInt8]?, count: Int, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> (users: [UserID], strange: [[UInt8]], next: [UInt8]?) {
    let reply = await redis.call(
      BoardScripts.scanAccounts, keys: [keys.accounts],
      arguments: [cursor ?? Self.no, "\(count)".utf8.bytes])
    let parts = try ownParts(reply).parts
    guard parts.count == 3, let next = parts[1].bytes, let users = parts[2].array else { throw .damaged }
    var ids: [UserID] = []
    var strange: [[UInt8]] = []
    for field in users.compactMap(\.bytes) {
      if let text = String(validating: field, as: UTF8.self) {
        ids.append(UserID(stored: text))
      } else {
        strange.append(field)
      }
    }
    return (ids, strange, next == Self.no ? nil : next)
  }

  /// What lies under these fields of the accounts, whatever it is; nil for nothing.
  package func contents(
    of fields: [[UInt8]], in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> [[UInt8]?] {
    guard !fields.isEmpty else { return [] }
    let reply = await redis.send(RedisCommand("HMGET", key: keys.accounts, fields))
    guard let parts = try reply.parts(), parts.count == fields.count else { throw .damaged }
    return parts.map(\.bytes)
  }

  /// How much there is, and some of the accounts.
  package func weigh(
    _ pointType: PointTypeID, with users: [UserID] = [], in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> MirrorWeight {
    let reply = await redis.call(
      BoardScripts.weighMirror, keys: keys.all, arguments: users.map { $0.text.utf8.bytes })
    let (parts, position) = try ownParts(reply)
    guard parts.count == 7, let accounts = parts[1].integer, let balance = parts[2].integer,
      let earned = parts[3].integer, let limbs = parts[4].array, limbs.count == 4,
      let held = parts[5].array, held.count == users.count, let slots = parts[6].array
    else { throw .damaged }
    let decoding = RowDecoding(pointType)
    var weight = MirrorWeight(
      position: position, accounts: accounts, members: [.balance: balance, .earned: earned],
      sums: [.balance: decoding.sum(Array(limbs[..<2])), .earned: decoding.sum(Array(limbs[2...]))],
      held: zip(users, held).map {
        HeldAccount(key: AccountKey(user: $0, pointType: pointType), packed: $1.bytes)
      })
    for first in stride(from: 0, to: slots.count - 2, by: 3) {
      guard let slot = slots[first].bytes.flatMap(SlotKey.init(hexadecimal:)),
        let members = slots[first + 1].integer, let limbs = slots[first + 2].array
      else { throw .damaged }
      weight.members[.slot(slot)] = members
      weight.sums[.slot(slot)] = .some(decoding.sum(limbs))
    }
    return weight
  }

  /// Removes what belongs to no account; answers how many were still there.
  package func remove(
    _ ghosts: [MirrorGhost], from keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> Int {
    var calls: [RedisScriptCall] = []
    for begin in stride(from: 0, to: ghosts.count, by: 64) {
      var call = RedisScriptCall(BoardScripts.removeGhosts, keys: keys.all, arguments: [identity])
      for ghost in ghosts[begin..<min(begin + 64, ghosts.count)] {
        switch ghost {
        case .account(let user, let packed):
          call.arguments.append(contentsOf: ["account".utf8.bytes, user, packed])
        case .member(let board, let member):
          call.arguments.append(contentsOf: [board.name, member, []])
        }
      }
      calls.append(call)
    }
    var removed = 0
    for reply in await redis.call(calls) { removed += try reply.count() }
    return removed
  }

  /// The lowest period of each board that an epoch still keeps; nothing for one of which it keeps all.
  package func firstPeriods(
    of boards: Set<Int32>, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> [Int32: Int64] {
    let boards = Array(boards)
    guard !boards.isEmpty else { return [:] }
    let fields = boards.map(MirrorKeys.lowestKept)
    let reply = await redis.send(RedisCommand("HMGET", key: keys.sums, fields))
    guard let parts = try reply.parts(), parts.count == fields.count else { throw .damaged }
    var kept: [Int32: Int64] = [:]
    for (board, part) in zip(boards, parts) {
      kept[board] = part.bytes.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    }
    return kept
  }

  /// How often the kept sum of each board was corrected, as whoever corrects it must say.
  package func corrections(
    of boards: [MirroredSet] = MirroredSet.always, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> [MirroredSet: [UInt8]] {
    guard !boards.isEmpty else { return [:] }
    let fields = boards.map { $0.sumName + ":corrected".utf8 }
    let reply = await redis.send(RedisCommand("HMGET", key: keys.sums, fields))
    guard let parts = try reply.parts(), parts.count == fields.count else { throw .damaged }
    return Dictionary(zip(boards, parts.map { $0.bytes ?? [] })) { $1 }
  }

  /// Adds to the kept sum of a board, by limbs, if nobody has corrected it since `corrections` were read;
  /// tells whether that is so.
  package func correctSum(
    of board: MirroredSet, by difference: SumLimbs, seeing corrections: [UInt8], in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> Bool {
    let reply = await redis.call(
      BoardScripts.correctSum, keys: [keys.accounts, keys.sums],
      arguments: [
        identity, board.sumName, "\(difference.high)".utf8.bytes, "\(difference.low)".utf8.bytes,
        corrections,
      ])
    return try reply.count() == 1
  }

  /// The reply, and the position of its marker, which is one of a complete mirror of ours.
  func ownParts(
    _ reply: RedisReply
  ) throws(MirrorUnavailable) -> (parts: [RedisValue], position: Int64) {
    guard let incarnation else { throw .untrusted }
    guard let parts = try reply.parts() else { throw .noMirror }
    guard let marker = parts.first?.bytes else { throw .damaged }
    guard marker.starts(with: identity), let tail = MarkerTail(marker) else {
      throw Self.reason(marker, incarnation)
    }
    guard tail.state == .complete else { throw tail.state.reason }
    return (parts, tail.position.number)
  }
}

extension RedisReply {
  fileprivate func count() throws(MirrorUnavailable) -> Int {
    switch self {
    case .value(.integer(let count)): return Int(count)
    case .absent: throw .noMirror
    case .unavailable(let reason): throw .redis(reason)
    case .failed(let error): throw .failed(error)
    case .value: throw .damaged
    }
  }
}

extension RedisValue {
  /// Scripts answer with nothing in it for what is not there.
  fileprivate var content: [UInt8]? { bytes.flatMap { $0.isEmpty ? nil : $0 } }

  var score: Double? { content.flatMap { Double(String(decoding: $0, as: UTF8.self)) } }
}
