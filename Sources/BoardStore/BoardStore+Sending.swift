// Sends carry absolute states with their revisions, and the newest wins: so they may be repeated, lost and
// overtaken, as long as the newest arrives some time.
import BoardScripts
import Boards
package import Ledger
import RedisClient

/// What a send is for.
package enum SendPurpose: Sendable {
  /// Accounts changed, or are sent again: every epoch takes what is newer.
  case follow
  /// Only the epoch that is being built takes what is newer.
  case build
}

/// What became of the accounts of one point type.
package enum SendOutcome: Sendable, Equatable {
  /// The mirror holds these states, or newer ones: the live mirror, or with `.build` the one being built.
  case applied
  /// It may not hold them; they may have arrived all the same.
  case unavailable(MirrorUnavailable)
}

extension BoardStore {
  /// How many accounts one call carries: more would keep Redis from everybody else for too long.
  static var callMax: Int { 128 }

  /// Sends accounts to their mirrors, all in one write, and tells for each point type what became of it.
  package func send(
    _ accounts: [NamedAccount], for purpose: SendPurpose = .follow, timeout: Duration? = nil
  ) async -> [PointTypeID: SendOutcome] {
    guard !accounts.isEmpty else { return [:] }
    var sending = Sending(accounts, at: Self.callMax)
    let unknown = leaveOutUnknown(&sending)
    await carry(
      &sending, timeout, calling: { call($0, $1, purpose) },
      taking: { _, parts throws(MirrorUnavailable) in
        guard parts.count == 3 else { throw .damaged }
        try judge(purpose == .build ? parts[2] : parts[1])
      })
    for pointType in unknown { sending.fail(pointType, because: .unknownBoard) }
    return Dictionary(
      uniqueKeysWithValues: sending.pointTypes.map { type in
        (type, sending.failures[type].map { .unavailable($0) } ?? .applied)
      })
  }

  /// Leaves out who has a place on a board that is not known here yet: without it the state would look as new
  /// as it is, and nobody would bring what it lacks. Answers of which types there are such.
  private func leaveOutUnknown(_ sending: inout Sending<NamedAccount>) -> Set<PointTypeID> {
    var unknown: Set<PointTypeID> = []
    for place in sending.chunks.indices {
      let pointType = sending.chunks[place].pointType
      let boards = boards(of: pointType)
      guard sending.chunks[place].items.contains(where: { !boards.covers($0.account) }) else { continue }
      sending.chunks[place].items.removeAll { !boards.covers($0.account) }
      unknown.insert(pointType)
    }
    sending.chunks.removeAll { $0.items.isEmpty }
    return unknown
  }

  /// What the script says of one epoch.
  func judge(_ outcome: RedisValue) throws(MirrorUnavailable) {
    guard let incarnation, let bytes = outcome.bytes else { throw .damaged }
    switch String(decoding: bytes, as: UTF8.self) {
    case "applied": return
    case "none", "unmarked": throw .noMirror
    case _: throw Self.reason(bytes, incarnation)
    }
  }

  private func call(
    _ chunk: Sending<NamedAccount>.Chunk, _ epochs: MirrorEpochs, _ purpose: SendPurpose
  ) -> RedisScriptCall {
    var call = RedisScriptCall(
      BoardScripts.applyAccounts,
      keys: [MirrorKeys.epochs(of: chunk.pointType, in: layout)] + (epochs.live?.all ?? [])
        + (epochs.building?.all ?? []))
    call.arguments.append(identity)
    call.arguments.append(epochs.live?.epochText ?? [])
    call.arguments.append(epochs.building?.epochText ?? [])
    call.arguments.append(Self.no)
    call.arguments.append(purpose == .build ? Self.yes : Self.no)
    let boards = boards(of: chunk.pointType)
    for named in chunk.items { Self.add(named, on: boards, to: &call) }
    return call
  }

  /// `seen` is for a repair only.
  static func add(
    _ named: NamedAccount, on boards: ShownBoards, seen: [UInt8]? = nil, to call: inout RedisScriptCall
  ) {
    call.arguments.append(named.account.key.user.text)
    call.arguments.append(PackedAccount.bytes(of: named, on: boards))
    if let seen { call.arguments.append(seen) }
  }

  static var yes: [UInt8] { [0x31] }
  static var no: [UInt8] { [0x30] }
}
