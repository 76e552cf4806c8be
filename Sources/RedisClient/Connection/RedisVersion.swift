// The server's version, out of its own report.

/// A version of Redis, or the one that a compatible server says to be compatible with.
package struct RedisVersion: Sendable, Comparable, CustomStringConvertible {
  package let major: Int
  package let minor: Int
  package let patch: Int

  package static let oldestServed = RedisVersion(major: 6, minor: 0, patch: 0)

  package init(major: Int, minor: Int, patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Finds `redis_version:7.0.15` among the lines of INFO.
  init?(info: [UInt8]) {
    let label = Array("redis_version:".utf8)
    guard let line = info.split(separator: 0x0A).first(where: { $0.starts(with: label) }) else { return nil }
    let text = String(decoding: line.dropFirst(label.count), as: UTF8.self)
    let numbers = text.split { !("0"..."9" ~= $0) }.prefix(3).map { Int($0) ?? 0 }
    guard let major = numbers.first else { return nil }
    self.init(
      major: major, minor: numbers.count > 1 ? numbers[1] : 0, patch: numbers.count > 2 ? numbers[2] : 0)
  }

  package static func < (older: Self, newer: Self) -> Bool {
    (older.major, older.minor, older.patch) < (newer.major, newer.minor, newer.patch)
  }

  package var description: String { "\(major).\(minor).\(patch)" }
}
