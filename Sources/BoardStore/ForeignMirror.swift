// Some mirrors are not ours to replace, whatever state they are in: another service still serves from them.
package import Ledger

/// Whose mirror it is that lies where ours should.
package enum ForeignMirror: Sendable, Equatable {
  /// Another ledger shares this Redis.
  case otherLedger(UUIDBits)
  /// The ledger went on elsewhere: our database is the one that was left behind.
  case newerTimeline(UInt32)
  /// A marker that this release cannot read.
  case unreadable
}

extension MirrorMarker {
  /// How the mirror with this marker stands to a ledger.
  enum Relation: Equatable {
    case own
    /// A mirror of this ledger before its server was started anew. Older files may have been put back
    /// meanwhile, so it is not to be read before it was compared with the ledger.
    case unproven
    /// A mirror of this ledger before it was restored or failed over. It may hold what the ledger lost, so it
    /// is not to be read; it may be replaced.
    case outdated
    case foreign(ForeignMirror)
  }

  func relation(to ledger: LedgerIncarnation) -> Relation {
    if incarnation == ledger { return .own }
    if incarnation.ledger != ledger.ledger { return .foreign(.otherLedger(incarnation.ledger)) }
    let isSameDatabase =
      incarnation.systemIdentifier == ledger.systemIdentifier
      && incarnation.databaseOID == ledger.databaseOID
    guard isSameDatabase, incarnation.timeline >= ledger.timeline else { return .outdated }
    return incarnation.timeline == ledger.timeline
      ? .unproven : .foreign(.newerTimeline(incarnation.timeline))
  }
}
