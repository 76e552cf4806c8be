// The life of an epoch: begun beside the live one, filled, finished into its place; or dropped. Every step
// names what its caller saw and is done only if that still holds, so whoever comes second does nothing.
import BoardScripts
package import Ledger
import RedisClient

extension BoardStore {
  /// What Redis holds for these types; an error if that of any cannot be had.
  package func markers(
    of pointTypes: [PointTypeID]
  ) async throws(MirrorUnavailable) -> [MirrorState] {
    var states: [MirrorState] = []
    for outcome in await markerOutcomes(of: pointTypes) { states.append(try outcome.get()) }
    return states
  }

  /// The same for each type by itself, in their order: damage of one is no matter of the others.
  package func markerOutcomes(
    of pointTypes: [PointTypeID]
  ) async -> [Result<MirrorState, MirrorUnavailable>] {
    let learnt = await learnEpochs(of: pointTypes)
    let found = pointTypes.map { learnt[$0] ?? .failure(.damaged) }
    var commands: [RedisCommand] = []
    for case .success(let epochs) in found {
      for keys in [epochs.live, epochs.building] {
        if let keys { commands.append(RedisCommand("HGET", key: keys.accounts, [[]])) }
      }
      if let live = epochs.live {
        commands.append(RedisCommand("HMGET", key: live.sums, Self.writeCounts))
      }
    }
    var replies = (await redis.send(commands))[...]
    return zip(pointTypes, found).map { pointType, found in
      let epochs: MirrorEpochs
      switch found {
      case .success(let learnt): epochs = learnt
      case .failure(let reason): return .failure(reason)
      }
      let live = epochs.live.flatMap { _ in replies.popFirst() }
      let building = epochs.building.flatMap { _ in replies.popFirst() }
      let writes = epochs.live.flatMap { _ in replies.popFirst() }
      do throws(MirrorUnavailable) {
        return .success(
          MirrorState(
            pointType: pointType, epochs: epochs, live: try live?.optionalBytes(),
            building: try building?.optionalBytes(), isTorn: try writes?.areTorn() ?? false))
      } catch {
        return .failure(error)
      }
    }
  }

  /// How many writes were begun, and how many came to their end: one effect of a script may be missing after
  /// Redis lost the end of its append-only file, and where these differ one is.
  private static let writeCounts = ["begun", "ended"].map { Array($0.utf8) }

  /// Begins a new epoch beside the live one, under a name that its builder knows it by. From then on sends go
  /// to both.
  package func beginEpoch(
    seeing state: MirrorState, at position: LedgerPosition, by builder: UUIDBits = .named()
  ) async throws(MirrorUnavailable) -> EpochOutcome {
    let ledger = try owner(of: state)
    let keys = MirrorKeys(state.pointType, epoch: state.epochs.next, in: layout)
    let marker = MirrorMarker(incarnation: ledger, state: .building, position: position)
    return try await step(
      state, BoardScripts.beginEpoch, "begun",
      keys: keys.all + [state.epochs.live?.accounts].compactMap(\.self),
      arguments: [
        state.epochs.live?.epochText ?? [], keys.epochText, state.live.identity, marker.bytes,
        [UInt8].hexadecimal(builder),
      ])
  }

  /// Puts the epoch that was built in the place of the live one. The state is the one that was seen last: its
  /// building marker must still be there, and becomes that of a complete mirror at the same position.
  package func finishEpoch(seeing state: MirrorState) async throws(MirrorUnavailable) -> EpochOutcome {
    let ledger = try owner(of: state)
    guard let building = state.epochs.building, var marker = state.building, marker.incarnation == ledger
    else { return .changed }
    let before = marker.bytes
    marker.state = .complete
    return try await step(
      state, BoardScripts.finishEpoch, "finished", keys: [building.accounts] + (state.epochs.live?.all ?? []),
      arguments: [
        state.epochs.live?.epochText ?? [], building.epochText, state.live.identity, before, marker.bytes,
        state.epochs.builder,
      ])
  }

  /// Abandons the epoch that is being built.
  package func dropEpoch(seeing state: MirrorState) async throws(MirrorUnavailable) -> EpochOutcome {
    _ = try owner(of: state)
    guard let building = state.epochs.building else { return .changed }
    return try await step(
      state, BoardScripts.dropEpoch, "dropped", keys: building.all,
      arguments: [building.epochText, state.building.identity, state.epochs.builder])
  }

  private func owner(of state: MirrorState) throws(MirrorUnavailable) -> LedgerIncarnation {
    guard let incarnation else { throw .untrusted }
    if let mirror = state.foreign(to: incarnation) { throw .foreign(mirror) }
    return incarnation
  }

  private func step(
    _ state: MirrorState, _ script: RedisScript, _ success: String, keys: [[UInt8]], arguments: [[UInt8]]
  ) async throws(MirrorUnavailable) -> EpochOutcome {
    let epochs = MirrorKeys.epochs(of: state.pointType, in: layout)
    let reply = await redis.call(script, keys: [epochs] + keys, arguments: arguments)
    guard let parts = try reply.parts(), let first = parts.first else { throw .damaged }
    if first == Self.moved { try noteMove(of: state.pointType, parts) }
    guard first == .bulk(Array(success.utf8)) else { return .changed }
    // The step is done; that its outcome cannot be read back just now does not undo it.
    await learnEpochs(of: [state.pointType])
    return .done
  }
}

extension RedisReply {
  fileprivate func optionalBytes() throws(MirrorUnavailable) -> [UInt8]? {
    switch self {
    case .value(.bulk(let bytes)): return bytes
    case .absent: return nil
    case .unavailable(let reason): throw .redis(reason)
    case .failed(let error): throw .failed(error)
    case .value: throw .damaged
    }
  }

  fileprivate func areTorn() throws(MirrorUnavailable) -> Bool {
    switch self {
    case .value(.array(let counts)): return counts.count != 2 || counts[0] != counts[1]
    case .unavailable(let reason): throw .redis(reason)
    case .failed(let error): throw .failed(error)
    case .absent, .value: throw .damaged
    }
  }
}

extension MirrorMarker? {
  /// What scripts compare; nothing where there is no marker.
  fileprivate var identity: [UInt8] {
    map { MirrorMarker.identity(of: $0.incarnation) } ?? []
  }
}

extension UUIDBits {
  /// A name that nobody else has.
  package static func named() -> UUIDBits {
    UUIDBits(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
  }
}
