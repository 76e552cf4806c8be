// What lies in Redis for a point type, as whoever builds and follows mirrors sees it.
package import Ledger

/// The epochs of a point type and their markers.
package struct MirrorState: Sendable, Equatable {
  package enum Epoch: Sendable {
    case live, building
  }

  package let pointType: PointTypeID
  package let epochs: MirrorEpochs
  /// Nil where there is no live epoch, or where it has lost its marker.
  package let live: MirrorMarker?
  /// The same for the epoch that is being built.
  package let building: MirrorMarker?
  /// Whether the live epoch has a part of something that was written as a whole: its boards and accounts may
  /// say different things, and nobody may read them.
  package let isTorn: Bool
  /// Whether either epoch has a marker that this release cannot read.
  package let hasUnreadableMarker: Bool

  /// From the markers as Redis holds them.
  init(pointType: PointTypeID, epochs: MirrorEpochs, live: [UInt8]?, building: [UInt8]?, isTorn: Bool) {
    self.isTorn = isTorn
    self.pointType = pointType
    self.epochs = epochs
    self.live = live.flatMap(MirrorMarker.init)
    self.building = building.flatMap(MirrorMarker.init)
    hasUnreadableMarker = live != nil && self.live == nil || building != nil && self.building == nil
  }

  package func marker(of epoch: Epoch) -> MirrorMarker? { epoch == .live ? live : building }

  /// Why this ledger must leave the mirror alone; nil if it may replace it.
  package func foreign(to ledger: LedgerIncarnation) -> ForeignMirror? {
    if hasUnreadableMarker { return .unreadable }
    for marker in [live, building] {
      if let marker, case .foreign(let mirror) = marker.relation(to: ledger) { return mirror }
    }
    return nil
  }

  /// Whether it may hold what this ledger lost: its server was started anew, and nobody has compared them, or
  /// not to the end.
  package func isUnproven(for ledger: LedgerIncarnation) -> Bool {
    guard let live else { return false }
    return live.relation(to: ledger) == .unproven || live.incarnation == ledger && live.state == .unproven
  }
}

/// What became of a step in the life of an epoch.
package enum EpochOutcome: Sendable, Equatable {
  case done
  /// Redis no longer holds what was seen: nothing was done, look again.
  case changed
}
