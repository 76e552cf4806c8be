// How calls for many accounts reach the mirrors: by point type, to the epochs that are there.
import BoardScripts
import Ledger
import RedisClient

extension BoardStore {
  /// Makes the calls for all chunks, each wave in one write, and hands over the replies. A script that meets
  /// other epochs than those we knew says so and does nothing; then it is called again.
  func carry<Item>(
    _ sending: inout Sending<Item>, _ timeout: Duration?,
    calling call: (Sending<Item>.Chunk, MirrorEpochs) -> RedisScriptCall,
    taking take: (Sending<Item>.Chunk, [RedisValue]) throws(MirrorUnavailable) -> Void
  ) async {
    guard incarnation != nil else {
      for type in sending.pointTypes { sending.giveUp(type, because: .untrusted) }
      return
    }
    let unknown = sending.pointTypes.filter { knownEpochs(of: $0) == nil }
    if !unknown.isEmpty {
      for (pointType, learnt) in await learnEpochs(of: unknown, timeout: timeout) {
        if case .failure(let reason) = learnt { sending.giveUp(pointType, because: reason) }
      }
    }
    // An epoch may begin or end between any two calls; more often than that something else is wrong.
    for _ in 0..<3 where !sending.chunks.isEmpty {
      await carryOnce(&sending, timeout, call, take)
    }
    for type in Set(sending.chunks.map(\.pointType)) { sending.giveUp(type, because: .building) }
  }

  private func carryOnce<Item>(
    _ sending: inout Sending<Item>, _ timeout: Duration?,
    _ call: (Sending<Item>.Chunk, MirrorEpochs) -> RedisScriptCall,
    _ take: (Sending<Item>.Chunk, [RedisValue]) throws(MirrorUnavailable) -> Void
  ) async {
    var sent: [Sending<Item>.Chunk] = []
    var calls: [RedisScriptCall] = []
    for chunk in sending.chunks {
      guard let epochs = knownEpochs(of: chunk.pointType) else {
        sending.fail(chunk.pointType, because: .noMirror)
        continue
      }
      sent.append(chunk)
      calls.append(call(chunk, epochs))
    }
    sending.chunks = []
    for (chunk, reply) in zip(sent, await redis.call(calls, timeout: timeout)) {
      do throws(MirrorUnavailable) {
        guard let parts = try reply.parts() else { throw .damaged }
        if parts.first == Self.moved {
          try noteMove(of: chunk.pointType, parts)
          sending.chunks.append(chunk)
        } else {
          try take(chunk, parts)
        }
      } catch {
        sending.fail(chunk.pointType, because: error)
      }
    }
  }

  static var moved: RedisValue { .bulk(Array("moved".utf8)) }

  func noteMove(of pointType: PointTypeID, _ parts: [RedisValue]) throws(MirrorUnavailable) {
    guard parts.count == 3,
      let found = MirrorEpochs(pointType, in: layout, live: parts[1], building: parts[2])
    else {
      throw .damaged
    }
    remember(found, of: pointType)
  }
}
