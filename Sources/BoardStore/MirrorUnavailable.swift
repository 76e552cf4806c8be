// The reasons for having no answer of a mirror. None of them is ever taken for "there is no such account".
import Ledger
package import RedisClient

/// Why a mirror cannot be relied on, or written to.
package enum MirrorUnavailable: Error, Sendable, Equatable, CustomStringConvertible {
  case redis(RedisUnavailable)
  /// Redis refused the command as such.
  case failed(RedisServerError)
  /// There is no marker: Redis is empty, or has lost the mirror.
  case noMirror
  /// The mirror is being built.
  case building
  /// Postgres was started anew, and it is being compared with the ledger.
  case unproven
  /// It is of this ledger before it was restored or failed over.
  case outdated
  case foreign(ForeignMirror)
  /// Nobody has said yet which ledger to expect, or how far a mirror must be since Redis was connected.
  case untrusted
  /// It is less far than it must be: Redis came back with older data, or takes no newer ones.
  case behind
  /// The period is closed for good, and is read elsewhere.
  case retired
  /// The account has a place on a board that this process has not learnt of yet.
  case unknownBoard
  /// What Redis answered does not fit together.
  case damaged

  package var description: String {
    switch self {
    case .redis(let reason): reason.description
    case .failed(let error): "Redis refused a command: \(error)"
    case .noMirror: "Redis holds no mirror of this point type"
    case .building: "the mirror of this point type is being built"
    case .unproven: "Postgres was started anew, and the mirror is being compared with the ledger"
    case .outdated: "the mirror in Redis is of the ledger before it was restored or failed over"
    case .foreign(.otherLedger(let ledger)): "Redis holds the mirror of another ledger, \(ledger.text)"
    case .foreign(.newerTimeline(let timeline)):
      "the mirror in Redis follows timeline \(timeline) of the database, which is newer than ours"
    case .foreign(.unreadable): "the mirror in Redis has a marker that this release cannot read"
    case .untrusted: "it is not known yet whether the mirror in Redis is up to date"
    case .behind: "Redis is behind the ledger, and is not followed up yet"
    case .retired: "this period of the board is closed, and no mirror of it is kept"
    case .unknownBoard: "a board was defined that this process does not know yet"
    case .damaged: "what Redis holds of this point type does not fit together"
    }
  }
}
