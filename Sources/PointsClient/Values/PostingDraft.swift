// One posting of a batch. It keeps its key, so that whoever holds the draft can send it again.
import JSON

/// A posting to be made as one of a batch.
public struct PostingDraft: Sendable, Equatable {
  /// What is to change, all of it or nothing.
  public let legs: [Leg]
  /// The posting is made once for each key, in whatever batch it is sent again.
  public let idempotencyKey: IdempotencyKey

  /// A posting of these legs, all or none of which will be carried out.
  public init(_ legs: [Leg], idempotencyKey: IdempotencyKey = .automatic) {
    self.legs = legs
    self.idempotencyKey = idempotencyKey
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("idempotencyKey", idempotencyKey.text)
      Leg.write(legs, to: &json)
    }
  }
}
