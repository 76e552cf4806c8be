// Reads a compiled time zone (TZif, RFC 9636, versions 1 to 4). Nothing in it is believed: each count is held
// against the bytes that are there, each index against what it points into.

struct ZoneFileReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private struct Header {
    let version: UInt8
    let utIndicators: Int
    let standardIndicators: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    /// Of the block behind it, where a time takes so many bytes.
    func blockLength(timeLength: Int) -> Int {
      times * (timeLength + 1) + types * 6 + characters + leaps * (timeLength + 4) + standardIndicators
        + utIndicators
    }
  }

  mutating func read() throws(ZoneFileDefect) -> ZoneHistory {
    let first = try header()
    guard first.version != 0 else {
      let history = try block(first, timeLength: 4, hasRule: false)
      guard position == bytes.count else { throw .trailingBytes }
      return history
    }
    // The block of 32-bit times is for readers that know only the first version.
    try skip(first.blockLength(timeLength: 4))
    let second = try header()
    guard second.version == first.version else { throw .version }
    return try block(second, timeLength: 8, hasRule: true)
  }

  private mutating func header() throws(ZoneFileDefect) -> Header {
    guard bytes.count - position >= 44 else { throw position == 0 ? .notAZone : .truncated }
    guard bytes[position..<(position + 4)].elementsEqual("TZif".utf8) else { throw .notAZone }
    let version = bytes[position + 4]
    guard version == 0 || 0x32...0x34 ~= version else { throw .version }
    position += 20
    return Header(
      version: version, utIndicators: count(), standardIndicators: count(), leaps: count(), times: count(),
      types: count(), characters: count())
  }

  /// The data behind a header, with the rule behind them.
  private mutating func block(
    _ header: Header, timeLength: Int, hasRule: Bool
  ) throws(ZoneFileDefect) -> ZoneHistory {
    guard 1...256 ~= header.types, header.characters >= 1,
      header.utIndicators == 0 || header.utIndicators == header.types,
      header.standardIndicators == 0 || header.standardIndicators == header.types
    else { throw .counts }
    guard header.leaps == 0 else { throw .leapSeconds }
    guard header.blockLength(timeLength: timeLength) <= bytes.count - position else { throw .truncated }
    let times = try times(header.times, length: timeLength)
    let indexes = bytes[position..<(position + header.times)]
    position += header.times
    let offsets = try types(header)
    try designations(header.characters)
    try indicators(header)
    guard indexes.allSatisfy({ $0 < header.types }) else { throw .typeIndex }
    return ZoneHistory(
      changes: times, offsets: indexes.map { offsets[Int($0)] }, firstOffset: offsets[0],
      rule: hasRule ? try rule() : nil)
  }

  private mutating func times(_ count: Int, length: Int) throws(ZoneFileDefect) -> [Int] {
    var times: [Int] = []
    times.reserveCapacity(count)
    for _ in 0..<count {
      let time = signed(length)
      guard times.last.map({ $0 < time }) ?? true else { throw .order }
      times.append(time)
    }
    return times
  }

  /// The offset of each type of local time. Whether it is daylight-saving time, and what it is called,
  /// concerns nobody here.
  private mutating func types(_ header: Header) throws(ZoneFileDefect) -> [Int32] {
    var offsets: [Int32] = []
    for _ in 0..<header.types {
      let offset = signed(4)
      guard ZoneHistory.offsets.contains(offset) else { throw .offset }
      guard bytes[position] <= 1 else { throw .indicator }
      guard bytes[position + 1] < header.characters else { throw .designation }
      position += 2
      offsets.append(Int32(offset))
    }
    return offsets
  }

  /// Each designation ends with a zero, so the last byte of all is one.
  private mutating func designations(_ count: Int) throws(ZoneFileDefect) {
    position += count
    guard bytes[position - 1] == 0 else { throw .designation }
  }

  /// They say in which time the rules were written, which matters only to who takes rules apart.
  private mutating func indicators(_ header: Header) throws(ZoneFileDefect) {
    let standard = bytes[position..<(position + header.standardIndicators)]
    position += header.standardIndicators
    let ut = bytes[position..<(position + header.utIndicators)]
    position += header.utIndicators
    guard standard.allSatisfy({ $0 <= 1 }), ut.allSatisfy({ $0 <= 1 }) else { throw .indicator }
    // Universal Time is a standard time.
    for (place, isUT) in ut.enumerated() where isUT == 1 {
      guard !standard.isEmpty, standard[standard.startIndex + place] == 1 else { throw .indicator }
    }
  }

  /// The rule for all times behind the last transition, on a line of its own; nil when it is not known.
  private mutating func rule() throws(ZoneFileDefect) -> ZoneRule? {
    guard position < bytes.count else { throw .truncated }
    guard bytes[position] == 0x0A else { throw .footer }
    let text = bytes[(position + 1)...].prefix { $0 != 0x0A }
    guard text.endIndex < bytes.count else { throw .truncated }
    guard text.endIndex == bytes.count - 1 else { throw .trailingBytes }
    guard !text.isEmpty else { return nil }
    var reader = ZoneRuleReader(text)
    guard let rule = reader.read() else { throw .footer }
    return rule
  }

  private mutating func skip(_ count: Int) throws(ZoneFileDefect) {
    guard count <= bytes.count - position else { throw .truncated }
    position += count
  }

  /// Of a header that is there.
  private mutating func count() -> Int { Int(UInt32(truncatingIfNeeded: signed(4))) }

  /// A number in big-endian order, of bytes that are there.
  private mutating func signed(_ length: Int) -> Int {
    var value: Int = bytes[position] >= 0x80 ? -1 : 0
    for byte in bytes[position..<(position + length)] { value = value << 8 | Int(byte) }
    position += length
    return value
  }
}
