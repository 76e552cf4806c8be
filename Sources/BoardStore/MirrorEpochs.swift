// A mirror is rebuilt beside the live one, in the keys of a new epoch, and takes its place at once.
package import Ledger
import RedisClient

/// Which epochs of a point type exist.
package struct MirrorEpochs: Sendable, Equatable {
  package var live: MirrorKeys?
  package var building: MirrorKeys?
  /// The highest number that an epoch of this type ever had; 0 where that is not known.
  private(set) var last: Int64 = 0
  /// What whoever began the epoch that is being built called itself.
  private(set) var builder: [UInt8] = []

  package init(live: MirrorKeys? = nil, building: MirrorKeys? = nil) {
    self.live = live
    self.building = building
  }

  /// From the texts of the two numbers; empty or missing for none. Nil if they are no numbers.
  init?(_ pointType: PointTypeID, in layout: MirrorLayout, live: RedisValue, building: RedisValue) {
    guard let live = Self.keys(pointType, layout, live),
      let building = Self.keys(pointType, layout, building)
    else { return nil }
    self.init(live: live, building: building)
  }

  /// From the fields as they lie in Redis: live, building, last and builder.
  init?(_ pointType: PointTypeID, in layout: MirrorLayout, fields: [RedisValue]) {
    guard fields.count == 4 else { return nil }
    self.init(pointType, in: layout, live: fields[0], building: fields[1])
    if let bytes = fields[2].bytes {
      guard let last = Int64(String(decoding: bytes, as: UTF8.self)), last < .max else { return nil }
      self.last = last
    }
    builder = fields[3].bytes ?? []
  }

  /// Whether the epoch that is being built was begun by this builder. Numbers alone do not tell: a Redis that
  /// was emptied counts from the beginning.
  package func isBeing(builtBy builder: UUIDBits) -> Bool {
    building != nil && self.builder == [UInt8].hexadecimal(builder)
  }

  var isEmpty: Bool { live == nil && building == nil }

  /// The number that a further epoch takes: one that none had before, so that whoever is late does not take a
  /// successor's epoch for its own.
  var next: Int64 { max(last, live?.epoch ?? 0, building?.epoch ?? 0) + 1 }

  /// The outer optional is for what cannot be read.
  private static func keys(
    _ pointType: PointTypeID, _ layout: MirrorLayout, _ text: RedisValue
  ) -> MirrorKeys?? {
    guard text != .null, text != .bulk([]) else { return .some(nil) }
    guard let bytes = text.bytes, let epoch = Int64(String(decoding: bytes, as: UTF8.self)) else {
      return nil
    }
    return MirrorKeys(pointType, epoch: epoch, in: layout)
  }
}
