// The names of all time zones that this machine has, and their bytes.
import Calendar
import Foundation

enum InstalledZones {
  static let directory = "/usr/share/zoneinfo"

  /// But those that count leap seconds, and second copies.
  static let names: [String] = {
    let paths = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return paths.filter { path in
      !path.hasPrefix("right") && !path.hasPrefix("posix") && path != "localtime"
        && bytes(path).starts(with: "TZif".utf8)
    }
    .sorted()
  }()

  static func bytes(_ name: String) -> [UInt8] {
    (try? Data(contentsOf: URL(filePath: "\(directory)/\(name)"))).map { Array($0) } ?? []
  }

  static let files = TimeZoneFiles()

  static func zone(_ name: String) throws -> Zone { try files.zone(named: name) }
}
