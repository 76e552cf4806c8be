// Zones by name: which names there are, and what becomes of files that are no zones.
import Calendar
import Foundation
import Testing

struct TimeZoneFilesTests {
  /// A directory of its own, with these files.
  private func withFiles<Result>(
    _ files: [String: [UInt8]], _ body: (_ directory: String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    return try body(folder.path)
  }

  @Test func `every zone of this machine is read`() throws {
    for name in InstalledZones.names { #expect(try InstalledZones.zone(name).name == name) }
  }

  @Test(arguments: [
    "", "/", "/UTC", "UTC/", "Europe//Berlin", "../UTC", "Europe/../UTC", ".", "..", "./UTC", "zone.tab",
    "tzdata.zi", "Europe/Berlin\0", "Europe Berlin", "Europe\\Berlin", "Zürich", "localtime",
    String(repeating: "a", count: 65), "Europe/Berlin\n", "%s",
  ])
  func `what no zone is named like is not looked for`(name: String) {
    #expect(throws: CalendarError.invalidZoneName) { try TimeZoneFiles().zone(named: name) }
  }

  @Test(arguments: ["Europe/Atlantis", "europe/berlin", "utc", "Europe", "UTC/Berlin", "Utc"])
  func `a zone that is not there is unknown, and case matters`(name: String) {
    #expect(throws: CalendarError.unknownZone(name: name)) { try TimeZoneFiles().zone(named: name) }
  }

  @Test func `UTC needs no file`() throws {
    let files = TimeZoneFiles(directory: "/nonexistent")
    #expect(try files.zone(named: "UTC") == .universal)
    #expect(throws: CalendarError.unknownZone(name: "Europe/Berlin")) {
      try files.zone(named: "Europe/Berlin")
    }
  }

  @Test func `files that are no zones are refused with their defect`() throws {
    let large = ZoneFile().bytes + [UInt8](repeating: 0, count: 65_536)
    try withFiles(["Large": large, "Empty": [], "Leap": ZoneFile(leaps: 1).bytes]) { directory in
      let files = TimeZoneFiles(directory: directory)
      for (name, defect) in [
        ("Large", ZoneFileDefect.tooLarge), ("Empty", .notAZone), ("Leap", .leapSeconds),
      ] {
        #expect(throws: CalendarError.malformedZone(name: name, defect)) { try files.zone(named: name) }
      }
    }
  }

  @Test func `a pipe keeps nobody waiting`() throws {
    try withFiles([:]) { directory in
      let status = unsafe mkfifo("\(directory)/Pipe", 0o600)
      #expect(status == 0)
      #expect(throws: CalendarError.unknownZone(name: "Pipe")) {
        try TimeZoneFiles(directory: directory).zone(named: "Pipe")
      }
    }
  }

  @Test func `a zone is read once, and a failure is not kept`() throws {
    try withFiles(["Own": ZoneFile().bytes]) { directory in
      let files = TimeZoneFiles(directory: directory)
      #expect(throws: CalendarError.unknownZone(name: "Later")) { try files.zone(named: "Later") }
      let first = try files.zone(named: "Own")
      try FileManager.default.moveItem(atPath: "\(directory)/Own", toPath: "\(directory)/Later")
      #expect(try files.zone(named: "Own") == first)
      #expect(try files.zone(named: "Later").offset(at: 0) == 3600)
    }
  }
}
