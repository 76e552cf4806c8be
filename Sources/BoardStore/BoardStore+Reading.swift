// All reads but that of one balance have one shape: ask the live epoch, make sure by the marker that came
// with the answer that it may be believed, and only then look at the rest.
import Ledger
import RedisClient

extension BoardStore {
  /// `ask` gets a reply whose first part is the marker; `decode` is given the whole reply, and answers nil
  /// for one that does not fit together.
  func read<Value>(
    of pointType: PointTypeID, _ ask: (MirrorKeys) async -> RedisReply,
    _ decode: ([RedisValue]) -> Value?
  ) async -> MirrorAnswer<Value> {
    do throws(MirrorUnavailable) {
      guard minimumPosition != nil, incarnation != nil else { throw .untrusted }
      guard let parts = try await markedParts(of: pointType, ask), let marker = parts[0].bytes else {
        throw .noMirror
      }
      let position = try trustedPosition(marker)
      guard let value = decode(parts) else { throw .damaged }
      return .value(value, position: position)
    } catch {
      return .unavailable(error)
    }
  }

  /// The reply of the live epoch with its marker. An epoch that has none any more has been replaced, perhaps.
  private func markedParts(
    of pointType: PointTypeID, _ ask: (MirrorKeys) async -> RedisReply
  ) async throws(MirrorUnavailable) -> [RedisValue]? {
    let known = knownEpochs(of: pointType)?.live
    if let known, let parts = try await ask(known).markedParts() { return parts }
    guard let found = try await learnEpochs(of: [pointType])[pointType]?.get().live, found != known else {
      return nil
    }
    return try await ask(found).markedParts()
  }
}

extension RedisReply {
  /// The parts, if a marker is the first of them.
  func markedParts() throws(MirrorUnavailable) -> [RedisValue]? {
    guard let parts = try parts() else { return nil }
    guard let first = parts.first else { throw .damaged }
    return first == .null ? nil : parts
  }
}
