// Compiled time zones are believed nothing: what is wrong is an error value, and nothing traps.
import TestSupport
import Testing

@testable import Calendar

struct ZoneFileReaderTests {
  private func read(_ bytes: [UInt8]) throws(ZoneFileDefect) -> ZoneHistory {
    var reader = ZoneFileReader(bytes)
    return try reader.read()
  }

  @Test(arguments: [0, 0x32, 0x33, 0x34] as [UInt8])
  func `each version is read`(version: UInt8) throws {
    let history = try read(ZoneFile(version: version).bytes)
    #expect(history.offset(at: -1) == 1800)
    #expect(history.offset(at: 0) == 3600)
    #expect(history.offset(at: 1 << 40) == 3600)
    #expect(history.change(after: -1) == 0)
    #expect(history.change(after: 0) == nil)
  }

  @Test func `behind the last change the rule holds, or what held there`() throws {
    let ruled = try read(ZoneFile(footer: Array("\nBBB-1CCC,M3.5.0,M10.5.0/3\n".utf8)).bytes)
    #expect(ruled.offset(at: 1_783_000_000) == 7200)
    let unruled = try read(ZoneFile(footer: Array("\n\n".utf8)).bytes)
    #expect(unruled.offset(at: 1_783_000_000) == 3600)
  }

  @Test func `times before 1901 come from the block of 64 bits`() throws {
    let history = try read(ZoneFile(times: [-1 << 59, -5_000_000_000], indexes: [0, 1]).bytes)
    #expect(history.offset(at: -5_000_000_001) == 1800)
    #expect(history.offset(at: -5_000_000_000) == 3600)
  }

  static let defects: [(ZoneFile, ZoneFileDefect)] = [
    (ZoneFile(magic: Array("TZIF".utf8)), .notAZone),
    (ZoneFile(version: 0x31), .version),
    (ZoneFile(version: 0x35), .version),
    (ZoneFile(secondVersion: 0x33), .version),
    (ZoneFile(secondVersion: 0), .version),
    (ZoneFile(times: [], indexes: [], types: []), .counts),
    (ZoneFile(version: 0, typeCount: 257), .counts),
    (ZoneFile(version: 0, typeCount: .max), .counts),
    (ZoneFile(version: 0, timeCount: .max), .truncated),
    (ZoneFile(timeCount: .max), .truncated),
    (ZoneFile(designations: []), .counts),
    (ZoneFile(standard: [0]), .counts),
    (ZoneFile(ut: [0, 0, 0]), .counts),
    (ZoneFile(leaps: 1), .leapSeconds),
    (ZoneFile(times: [5, 5], indexes: [0, 1]), .order),
    (ZoneFile(times: [5, 4], indexes: [0, 1]), .order),
    (ZoneFile(indexes: [2]), .typeIndex),
    (ZoneFile(types: [(0, 0, 0), (.min, 0, 0)]), .offset),
    (ZoneFile(types: [(0, 0, 0), (93_600, 0, 0)]), .offset),
    (ZoneFile(types: [(0, 0, 0), (-90_000, 0, 0)]), .offset),
    (ZoneFile(types: [(0, 0, 0), (0, 2, 0)]), .indicator),
    (ZoneFile(types: [(0, 0, 0), (0, 0, 8)]), .designation),
    (ZoneFile(designations: Array("AAA\0BBBB".utf8)), .designation),
    (ZoneFile(standard: [0, 2]), .indicator),
    (ZoneFile(standard: [1, 1], ut: [0, 2]), .indicator),
    (ZoneFile(standard: [1, 0], ut: [0, 1]), .indicator),
    (ZoneFile(ut: [0, 1]), .indicator),
    (ZoneFile(footer: []), .truncated),
    (ZoneFile(footer: Array("\nBBB-1".utf8)), .truncated),
    (ZoneFile(footer: Array("BBB-1\n".utf8)), .footer),
    (ZoneFile(footer: Array("\nBBB-1CCC\n".utf8)), .footer),
    (ZoneFile(footer: Array("\nBBB-1\n\n".utf8)), .trailingBytes),
  ]

  @Test func `each defect is told`() {
    for (file, defect) in Self.defects {
      #expect(throws: defect, "\(file)") { () throws(ZoneFileDefect) in try read(file.bytes) }
    }
    #expect(throws: ZoneFileDefect.trailingBytes) { () throws(ZoneFileDefect) in
      try read(ZoneFile(version: 0).bytes + [0])
    }
  }

  @Test func `indicators that agree are fine`() throws {
    #expect(throws: Never.self) { try read(ZoneFile(standard: [1, 1], ut: [0, 1]).bytes) }
  }

  @Test func `a file that ends too early is refused wherever it ends`() throws {
    let whole = InstalledZones.bytes("Europe/Berlin")
    _ = try read(whole)
    for count in 0..<whole.count {
      #expect(throws: ZoneFileDefect.self, "\(count) bytes") { try read(Array(whole.prefix(count))) }
    }
  }

  @Test func `no bytes make the reader or what it read trap`() {
    var random = SeededGenerator.forThisRun()
    let names = ["Europe/Berlin", "Africa/Casablanca", "Pacific/Apia", "UTC", "Asia/Gaza", "America/Nuuk"]
    let files = names.map { InstalledZones.bytes($0) } + Self.defects.map(\.0.bytes) + [ZoneFile().bytes]
    var readable = 0
    for _ in 0..<20_000 {
      guard var bytes = files.randomElement(using: &random) else { continue }
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        spoil(&bytes, &random)
      }
      guard let history = try? read(bytes) else { continue }
      readable += 1
      for _ in 0..<4 {
        let second = Int64.random(in: .min ... .max, using: &random).wholeSecond
        #expect(ZoneHistory.offsets.contains(history.offset(at: second)), "seed \(random.seed)")
        #expect(history.change(after: second) ?? .max > second, "seed \(random.seed)")
        let shown = history.second(showing: second)
        #expect(abs(shown - second) <= 200_000, "seed \(random.seed)")
      }
    }
    #expect(readable > 100, "seed \(random.seed)")
  }

  private func spoil(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: bytes.removeLast(bytes.count - place)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 4: bytes.remove(at: place)
    case _:
      // The rule at the end is short, and otherwise rarely met.
      let footer = bytes.count - 1 - Int.random(in: 0..<min(30, bytes.count), using: &random)
      bytes[footer] = Array("0123456789,.MJ/<>-+:ABC\n".utf8).randomElement(using: &random) ?? 0
    }
  }
}
