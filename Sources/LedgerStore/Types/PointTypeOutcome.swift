// What became of a change of the point types.
package import Ledger

package enum PointTypeCreation: Sendable, Equatable {
  case created(PointType)
  case nameTaken
}

package enum PointTypeUpdate: Sendable, Equatable {
  case updated(PointType)
  /// With the change no amount would be allowed: the least is above the most.
  case boundsCross
  case notFound
}

package enum PointTypeDeletion: Sendable, Equatable {
  case deleted
  /// Somebody has, or once had, points of it.
  case inUse
  /// Rewards are given of it, or for ranks of it, or once were: what was paid by them tells of it.
  case rewarded
  case notFound
}
