// After Postgres was started anew nobody can say whether it has all that it had: older files may have been
// put back. So a mirror of before is taken out of service, compared, and put back as it is, if it holds
// nothing that the ledger lacks. While that lasts it takes what is newer, but only from those who know of the
// new start: what somebody still sends of before must not come in behind the comparison.
import BoardScripts
package import Ledger
import RedisClient

/// Some accounts of an epoch, and in which states they lie there.
package struct StatePage: Sendable {
  package private(set) var users: [UserID] = []
  /// Nil for what is no account.
  package private(set) var stamps: [AccountStamp?] = []
  /// Nil behind the last.
  package let next: [UInt8]?

  /// From users and what is told of them, in turn; nil for anything else.
  init?(_ fields: [RedisValue], next: [UInt8]?) {
    self.next = next
    users.reserveCapacity(fields.count / 2)
    stamps.reserveCapacity(fields.count / 2)
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      guard let user = fields[index].bytes, let stamp = fields[index + 1].bytes else { return nil }
      users.append(UserID(stored: String(decoding: user, as: UTF8.self)))
      stamps.append(PackedAccount.stamp(stamp))
    }
  }
}

extension BoardStore {
  /// Makes the live mirror one of the ledger as it runs now, that is not read yet.
  package func beginProof(seeing state: MirrorState) async -> EpochOutcome {
    guard let incarnation, state.isUnproven(for: incarnation), var marker = state.live else {
      return .changed
    }
    marker.incarnation = incarnation
    marker.state = .unproven
    return await replaceMarker(seeing: state, with: marker)
  }

  /// Lets the live mirror be read again.
  package func endProof(seeing state: MirrorState) async -> EpochOutcome {
    guard var marker = state.live, marker.incarnation == incarnation, marker.state == .unproven else {
      return .changed
    }
    marker.state = .complete
    return await replaceMarker(seeing: state, with: marker)
  }

  private func replaceMarker(seeing state: MirrorState, with marker: MirrorMarker) async -> EpochOutcome {
    guard let keys = state.epochs.live, let before = state.live?.bytes else { return .changed }
    let reply = await redis.call(
      BoardScripts.movePosition, keys: [keys.accounts], arguments: [before, marker.bytes])
    return reply == .value(.bulk(marker.bytes)) ? .done : .changed
  }

  /// Goes on walking over the accounts of a mirror that is being proven, from nowhere to begin.
  package func states(
    from cursor: [UInt8]?, count: Int, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> StatePage {
    let reply = await redis.call(
      BoardScripts.scanStates, keys: [keys.accounts],
      arguments: [cursor ?? Self.no, "\(count)".utf8.bytes])
    guard let parts = try reply.parts() else { throw .noMirror }
    guard let incarnation, parts.count == 3, let marker = parts[0].bytes, let next = parts[1].bytes,
      let fields = parts[2].array,
      let page = StatePage(fields, next: next == Self.no ? nil : next)
    else { throw .damaged }
    guard marker.starts(with: identity), MarkerTail(marker)?.state == .unproven else {
      throw Self.reason(marker, incarnation)
    }
    return page
  }
}
