// The time zones of this machine, by name, read from the files of the tzdata package.

private import Glibc
private import Synchronization

/// What was read is kept until the process ends, so that all its parts count by the same rules, and because a
/// zone is asked for with every schedule and every board. New rules come with a restart.
package final class TimeZoneFiles: Sendable {
  private let directory: String
  private let known = Mutex<[String: TimeZone]>([:])

  /// Larger than the largest zone by an order of magnitude.
  private static let lengthMax = 65_536
  private static let nameLengthMax = 64
  /// More than there are names; guards against a directory whose links go round in circles.
  private static let knownMax = 2048

  package init(directory: String = "/usr/share/zoneinfo") {
    self.directory = directory
  }

  /// Names are told apart by case. `UTC` needs no file.
  package func zone(named name: String) throws(CalendarError) -> TimeZone {
    guard Self.isName(name) else { throw .invalidZoneName }
    if name == TimeZone.universal.name { return .universal }
    if let zone = known.withLock({ $0[name] }) { return zone }
    let zone = try TimeZone(name: name, file: try read(name))
    known.withLock { if $0.count < Self.knownMax { $0[name] = zone } }
    return zone
  }

  /// Letters, digits, `_`, `+` and `-`, in parts between slashes: nothing that leaves the directory. The
  /// name `localtime` means another zone on every machine, so it names none.
  private static func isName(_ name: String) -> Bool {
    guard 1...nameLengthMax ~= name.utf8.count, name != "localtime" else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
          case _: false
          }
        }
    }
  }

  private func read(_ name: String) throws(CalendarError) -> [UInt8] {
    // Whatever is no plain file may keep who opens it waiting.
    let descriptor = unsafe open("\(directory)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      let reason = errno
      throw [ENOENT, ENOTDIR].contains(reason)
        ? .unknownZone(name: name) : .unreadableZone(name: name, errno: reason)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadableZone(name: name, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unknownZone(name: name) }
    guard status.st_size <= Self.lengthMax else { throw .malformedZone(name: name, .tooLarge) }
    return try contents(of: descriptor, name)
  }

  private func contents(of descriptor: Int32, _ name: String) throws(CalendarError) -> [UInt8] {
    // One byte more than allowed, so that a file that grows meanwhile is noticed.
    var bytes = [UInt8](repeating: 0, count: Self.lengthMax + 1)
    var count = 0
    while count < bytes.count {
      let more = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if more < 0 && errno == EINTR { continue }
      guard more >= 0 else { throw .unreadableZone(name: name, errno: errno) }
      if more == 0 { return Array(bytes.prefix(count)) }
      count += more
    }
    throw .malformedZone(name: name, .tooLarge)
  }
}
