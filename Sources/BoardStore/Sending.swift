// What is sent to the mirrors, in portions of one point type each: a script call touches one hash tag.
import Ledger

/// What belongs to the mirror of one point type.
protocol Mirrored {
  var pointType: PointTypeID { get }
}

extension NamedAccount: Mirrored {
  var pointType: PointTypeID { account.key.pointType }
}

extension AccountRevision: Mirrored {
  var pointType: PointTypeID { key.pointType }
}

/// What is still to be sent, and which types it failed for.
struct Sending<Item: Mirrored> {
  struct Chunk {
    let pointType: PointTypeID
    var items: [Item]
  }

  /// In the order in which the types were first named.
  let pointTypes: [PointTypeID]
  var chunks: [Chunk] = []
  /// A type has all of its chunks, or it failed.
  private(set) var failures: [PointTypeID: MirrorUnavailable] = [:]

  init(_ items: [Item], at most: Int) {
    var open: [PointTypeID: Int] = [:]
    var pointTypes: [PointTypeID] = []
    for item in items {
      let pointType = item.pointType
      let last = open[pointType]
      if last == nil { pointTypes.append(pointType) }
      if let last, chunks[last].items.count < most {
        chunks[last].items.append(item)
      } else {
        open[pointType] = chunks.count
        chunks.append(Chunk(pointType: pointType, items: [item]))
      }
    }
    self.pointTypes = pointTypes
  }

  mutating func fail(_ pointType: PointTypeID, because reason: MirrorUnavailable) {
    failures[pointType] = reason
  }

  /// Leaves out what is still to be sent of a type.
  mutating func giveUp(_ pointType: PointTypeID, because reason: MirrorUnavailable) {
    chunks.removeAll { $0.pointType == pointType }
    fail(pointType, because: reason)
  }
}
