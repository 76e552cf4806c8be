// Compiled time zones made by hand, right or wrong in one place.
import Calendar

/// For files that import Foundation, which has a type of this name, and one of the module's.
typealias Zone = TimeZone

/// With its defaults, a zone an hour ahead that was a half before 1970.
struct ZoneFile {
  var magic = Array("TZif".utf8)
  var version: UInt8 = 0x32
  var secondVersion: UInt8?
  var times: [Int64] = [0]
  var indexes: [UInt8] = [1]
  /// Offset, daylight saving, place of the designation.
  var types: [(Int32, UInt8, UInt8)] = [(1800, 0, 0), (3600, 0, 4)]
  var designations = Array("AAA\0BBB\0".utf8)
  var leaps = 0
  var standard: [UInt8] = []
  var ut: [UInt8] = []
  var footer = Array("\nBBB-1\n".utf8)
  /// In place of the true count of types.
  var typeCount: UInt32?
  var timeCount: UInt32?

  var bytes: [UInt8] {
    guard version != 0 else { return header(version) + block(timeLength: 4) }
    return header(version) + block(timeLength: 4) + header(secondVersion ?? version) + block(timeLength: 8)
      + footer
  }

  private func header(_ version: UInt8) -> [UInt8] {
    let counts: [UInt32] = [
      UInt32(ut.count), UInt32(standard.count), UInt32(leaps), timeCount ?? UInt32(times.count),
      typeCount ?? UInt32(types.count), UInt32(designations.count),
    ]
    return magic + [version] + [UInt8](repeating: 0, count: 15)
      + counts.flatMap { Self.bigEndian(Int64($0), 4) }
  }

  private func block(timeLength: Int) -> [UInt8] {
    times.flatMap { Self.bigEndian($0, timeLength) } + indexes
      + types.flatMap { Self.bigEndian(Int64($0.0), 4) + [$0.1, $0.2] } + designations
      + [UInt8](repeating: 0, count: leaps * (timeLength + 4)) + standard + ut
  }

  private static func bigEndian(_ value: Int64, _ length: Int) -> [UInt8] {
    (0..<length).reversed().map { UInt8(truncatingIfNeeded: value >> Int64($0 * 8)) }
  }
}
