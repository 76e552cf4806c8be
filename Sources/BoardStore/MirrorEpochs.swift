// A mirror is rebuilt beside the live one, in the keys of a new epoch, and takes its place at once.
import Ledger
import RedisClient

/// Which epochs of a point type exist.
package struct MirrorEpochs: Sendable, Equatable {
  package var live: MirrorKeys?
  package var building: MirrorKeys?

  package init(live: MirrorKeys? = nil, building: MirrorKeys? = nil) {
    self.live = live
    self.building = building
  }

  /// From the texts of the two numbers; empty or missing for none. Nil if they are no numbers.
  init?(_ pointType: PointTypeID, live: RedisValue, building: RedisValue) {
    guard let live = Self.keys(pointType, live), let building = Self.keys(pointType, building) else {
      return nil
    }
    self.init(live: live, building: building)
  }

  var isEmpty: Bool { live == nil && building == nil }

  /// The number that a further epoch takes.
  var next: Int64 { max(live?.epoch ?? 0, building?.epoch ?? 0) + 1 }

  /// The outer optional is for what cannot be read.
  private static func keys(_ pointType: PointTypeID, _ text: RedisValue) -> MirrorKeys?? {
    guard text != .null, text != .bulk([]) else { return .some(nil) }
    guard let bytes = text.bytes, let epoch = Int64(String(decoding: bytes, as: UTF8.self)) else {
      return nil
    }
    return MirrorKeys(pointType, epoch: epoch)
  }
}
