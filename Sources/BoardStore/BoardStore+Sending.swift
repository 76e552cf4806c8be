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
  /// Every epoch takes the states, whatever it holds.
  case repair
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
    guard incarnation != nil else { return Self.outcome(.unavailable(.untrusted), accounts) }
    var sending = Sending(accounts, at: Self.callMax)
    let unknown = sending.pointTypes.filter { knownEpochs(of: $0) == nil }
    if !unknown.isEmpty {
      for (pointType, learnt) in await learnEpochs(of: unknown, timeout: timeout) {
        if case .failure(let reason) = learnt { sending.giveUp(pointType, because: reason) }
      }
    }
    // An epoch may begin or end between any two calls; more often than that something else is wrong.
    for _ in 0..<3 where !sending.chunks.isEmpty {
      await attempt(&sending, purpose, timeout)
    }
    for chunk in sending.chunks { sending.outcomes[chunk.pointType] = .unavailable(.building) }
    return sending.outcomes
  }

  private static func outcome(
    _ outcome: SendOutcome, _ accounts: [NamedAccount]
  ) -> [PointTypeID: SendOutcome] {
    var outcomes: [PointTypeID: SendOutcome] = [:]
    for named in accounts { outcomes[named.account.key.pointType] = outcome }
    return outcomes
  }

  /// One write and its replies. Chunks that met other epochs than those we knew are left for the next
  /// attempt.
  private func attempt(_ sending: inout Sending, _ purpose: SendPurpose, _ timeout: Duration?) async {
    var sent: [Sending.Chunk] = []
    var calls: [RedisScriptCall] = []
    for chunk in sending.chunks {
      guard let epochs = knownEpochs(of: chunk.pointType) else {
        sending.outcomes[chunk.pointType] = .unavailable(.noMirror)
        continue
      }
      sent.append(chunk)
      calls.append(call(chunk, epochs, purpose))
    }
    let replies = await redis.call(calls, timeout: timeout)
    sending.chunks = []
    for (chunk, reply) in zip(sent, replies) {
      do throws(MirrorUnavailable) {
        guard let parts = try reply.parts(), parts.count == 3 else { throw .damaged }
        if parts[0] == Self.moved {
          try noteMove(of: chunk.pointType, parts)
          sending.chunks.append(chunk)
        } else {
          try judge(purpose == .build ? parts[2] : parts[1])
          sending.note(.applied, of: chunk.pointType)
        }
      } catch {
        sending.note(.unavailable(error), of: chunk.pointType)
      }
    }
  }

  static var moved: RedisValue { .bulk(Array("moved".utf8)) }

  func noteMove(of pointType: PointTypeID, _ parts: [RedisValue]) throws(MirrorUnavailable) {
    guard parts.count == 3, let found = MirrorEpochs(pointType, live: parts[1], building: parts[2]) else {
      throw .damaged
    }
    remember(found, of: pointType)
  }

  /// What the script says of one epoch.
  private func judge(_ outcome: RedisValue) throws(MirrorUnavailable) {
    guard let incarnation, let bytes = outcome.bytes else { throw .damaged }
    switch String(decoding: bytes, as: UTF8.self) {
    case "applied": return
    case "none", "unmarked": throw .noMirror
    case _: throw Self.reason(bytes, incarnation)
    }
  }

  private func call(
    _ chunk: Sending.Chunk, _ epochs: MirrorEpochs, _ purpose: SendPurpose
  ) -> RedisScriptCall {
    var call = RedisScriptCall(
      BoardScripts.applyAccounts,
      keys: [MirrorKeys.epochs(of: chunk.pointType)] + (epochs.live?.all ?? [])
        + (epochs.building?.all ?? []))
    call.arguments.reserveCapacity(5 + 4 * chunk.accounts.count)
    call.arguments.append(identity)
    call.arguments.append(epochs.live?.epochText ?? [])
    call.arguments.append(epochs.building?.epochText ?? [])
    call.arguments.append(purpose == .repair ? Self.yes : Self.no)
    call.arguments.append(purpose == .build ? Self.yes : Self.no)
    for named in chunk.accounts {
      call.arguments.append(Array(named.account.key.user.text.utf8))
      call.arguments.append(PackedAccount.bytes(of: named))
      call.arguments.append(ScoreEncoding.text(of: named.account.balance))
      call.arguments.append(ScoreEncoding.text(of: named.account.totalEarned))
    }
    return call
  }

  static var yes: [UInt8] { [0x31] }
  static var no: [UInt8] { [0x30] }
}
