// The position of a mirror is moved by whoever follows the ledger, after the sends below it.
import BoardScripts
package import Ledger
import RedisClient

/// A marker that is to move.
package struct PositionMove: Sendable {
  package let state: MirrorState
  package let epoch: MirrorState.Epoch
  package let position: LedgerPosition

  package init(_ state: MirrorState, _ epoch: MirrorState.Epoch, to position: LedgerPosition) {
    self.state = state
    self.epoch = epoch
    self.position = position
  }

  fileprivate var keys: MirrorKeys? { epoch == .live ? state.epochs.live : state.epochs.building }
  fileprivate var marker: MirrorMarker? { state.marker(of: epoch) }
}

extension BoardStore {
  /// Has a live mirror be neither read nor written to by anybody: it holds what the ledger does not have. It
  /// stays without a marker until another epoch takes its place.
  package func retire(seeing state: MirrorState) async -> EpochOutcome {
    guard let keys = state.epochs.live, let marker = state.live, marker.incarnation == incarnation else {
      return .changed
    }
    let reply = await redis.call(
      BoardScripts.retireEpoch, keys: [keys.accounts], arguments: [marker.bytes])
    return reply == .value(.integer(1)) ? .done : .changed
  }

  /// Moves markers from where they were seen, in one write; answers for each whether it is there now.
  ///
  /// `connection` is the one that carried the sends below the positions. After another one the sends may be
  /// lost although the markers look the same: Redis came back with its data of before the sends. Then nothing
  /// moves, and the caller reads the markers and sends again.
  package func movePositions(
    _ moves: [PositionMove], on connection: Int, timeout: Duration? = nil
  ) async -> [EpochOutcome] {
    guard connection == self.connection else { return moves.map { _ in .changed } }
    var targets: [[UInt8]] = []
    var calls: [RedisScriptCall] = []
    for move in moves {
      guard let keys = move.keys, var marker = move.marker, marker.incarnation == incarnation else {
        targets.append([])
        continue
      }
      let before = marker.bytes
      marker.position = move.position
      targets.append(marker.bytes)
      calls.append(
        RedisScriptCall(BoardScripts.movePosition, keys: [keys.accounts], arguments: [before, marker.bytes]))
    }
    var replies = (await redis.call(calls, timeout: timeout))[...]
    return targets.map { target in
      guard !target.isEmpty, let reply = replies.popFirst() else { return .changed }
      return reply == .value(.bulk(target)) ? .done : .changed
    }
  }
}
