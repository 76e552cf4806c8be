// Mirrors of another layout are known by the names of their keys only. That is enough to remove them.
package import Ledger
import RedisClient

extension BoardStore {
  /// How many keys Redis looks at in one step; nobody else waits longer than that takes.
  private static var scanLength: Int64 { 1_000 }

  /// Removes everything that mirrors of these types have under another layout; answers how many keys that
  /// were. All keys of a type go in one step: whoever reads them finds a whole mirror or none.
  @discardableResult
  package func removeMirrors(
    of pointTypes: [PointTypeID], in other: MirrorLayout
  ) async throws(MirrorUnavailable) -> Int {
    precondition(other != layout, "nobody removes the mirrors that he keeps himself")
    let prefixes = pointTypes.map { Array(MirrorKeys.prefix(of: $0, in: other).utf8) }
    var found: [[UInt8]: [[UInt8]]] = [:]
    for key in try await keys(beginningWith: other.keyPrefix) {
      guard let prefix = prefixes.first(where: { key.starts(with: $0) }) else { continue }
      found[prefix, default: []].append(key)
    }
    for keys in found.values {
      switch await redis.send(RedisCommand("UNLINK", keys)) {
      case .value, .absent: continue
      case .unavailable(let reason): throw .redis(reason)
      case .failed(let error): throw .failed(error)
      }
    }
    return found.values.reduce(0) { $0 + $1.count }
  }

  /// Walks over all keys there are, of which other services may have many.
  private func keys(beginningWith prefix: String) async throws(MirrorUnavailable) -> Set<[UInt8]> {
    var keys: Set<[UInt8]> = []
    var cursor = Self.no
    repeat {
      var command = RedisCommand("SCAN")
      for argument in [cursor, "MATCH".utf8.bytes, "\(prefix)*".utf8.bytes, "COUNT".utf8.bytes] {
        command.add(argument)
      }
      command.add(Self.scanLength)
      let reply = await redis.send(command)
      guard let parts = try reply.parts(), parts.count == 2, let next = parts[0].bytes,
        let page = parts[1].array
      else { throw .damaged }
      keys.formUnion(page.compactMap(\.bytes))
      cursor = next
    } while cursor != Self.no
    return keys
  }
}
