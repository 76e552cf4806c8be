// The mirror that is verified: the live epoch of a point type, as it was when verifying began. If another
// takes its place meanwhile, its keys lose their marker, and every question to it says so.
package import BoardStore
package import Ledger

package struct LiveMirror: Sendable {
  package let pointType: PointTypeID
  package let keys: MirrorKeys

  package static func of(
    _ pointType: PointTypeID, in boards: BoardStore
  ) async throws(VerificationError) -> LiveMirror {
    guard let incarnation = boards.incarnation else { throw .mirror(.untrusted) }
    var state = try await look(at: pointType, in: boards)
    // Epochs are read before their markers. Whoever built another in between has removed the marker with its
    // epoch: a second look finds the new one, or that the marker is lost.
    if state.live == nil { state = try await look(at: pointType, in: boards) }
    if let foreign = state.foreign(to: incarnation) { throw .mirror(.foreign(foreign)) }
    guard let keys = state.epochs.live, let marker = state.live else {
      throw .mirror(state.epochs.building == nil ? .noMirror : .building)
    }
    if state.isUnproven(for: incarnation) { throw .mirror(.unproven) }
    guard marker.incarnation == incarnation else { throw .mirror(.outdated) }
    guard marker.state == .complete else { throw .mirror(.building) }
    return LiveMirror(pointType: pointType, keys: keys)
  }

  private static func look(
    at pointType: PointTypeID, in boards: BoardStore
  ) async throws(VerificationError) -> MirrorState {
    let states = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.markers(of: [pointType])
    }
    guard let state = states.first else { throw .mirror(.noMirror) }
    return state
  }
}
