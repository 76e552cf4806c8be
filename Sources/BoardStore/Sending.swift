// The accounts of a send, in portions of one point type each: a script call touches one hash tag.
import Ledger

/// What is still to be sent, and what became of the rest.
struct Sending {
  struct Chunk {
    let pointType: PointTypeID
    var accounts: [NamedAccount]
  }

  /// In the order in which the types were first named.
  let pointTypes: [PointTypeID]
  var chunks: [Chunk] = []
  var outcomes: [PointTypeID: SendOutcome] = [:]

  init(_ accounts: [NamedAccount], at most: Int) {
    var open: [PointTypeID: Int] = [:]
    var pointTypes: [PointTypeID] = []
    for named in accounts {
      let pointType = named.account.key.pointType
      let last = open[pointType]
      if last == nil { pointTypes.append(pointType) }
      if let last, chunks[last].accounts.count < most {
        chunks[last].accounts.append(named)
      } else {
        open[pointType] = chunks.count
        chunks.append(Chunk(pointType: pointType, accounts: [named]))
      }
    }
    self.pointTypes = pointTypes
  }

  /// Leaves out what is still to be sent of a type.
  mutating func giveUp(_ pointType: PointTypeID, because reason: MirrorUnavailable) {
    chunks.removeAll { $0.pointType == pointType }
    outcomes[pointType] = .unavailable(reason)
  }

  /// A type has been applied only if all of its chunks have.
  mutating func note(_ outcome: SendOutcome, of pointType: PointTypeID) {
    if case .unavailable = outcomes[pointType] { return }
    outcomes[pointType] = outcome
  }
}
