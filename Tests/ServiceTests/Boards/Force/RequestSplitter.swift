// What a process sends to a store, cut into the things that it has done there one after the other, each with
// its name: so a test can stop a process at every one of them without knowing what they are.

/// Of one connection.
struct RequestSplitter {
  enum Language: Sendable {
    /// The messages of a client of Postgres; a statement is named as it was prepared.
    case postgres
    /// The commands of a client of Redis; a script is named by its digest.
    case redis
  }

  struct Request {
    let bytes: [UInt8]
    /// Nil for what does nothing by itself.
    var name: String?
    /// Whether the client waits for the answers to all that it has sent up to here.
    var endsUnit = false
  }

  private let language: Language
  private var pending: [UInt8] = []
  private var hasGreeted = false

  init(_ language: Language) {
    self.language = language
  }

  mutating func add(_ bytes: [UInt8]) { pending += bytes }

  /// The next one that is there as a whole.
  mutating func next() -> Request? {
    switch language {
    case .postgres: nextMessage()
    case .redis: nextCommand()
    }
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    guard pending.count >= count else { return nil }
    defer { pending.removeFirst(count) }
    return Array(pending[..<count])
  }

  // MARK: Postgres

  private mutating func nextMessage() -> Request? {
    // The first messages have no letter: a wish for encryption, which is refused, and the greeting.
    let start = hasGreeted ? 1 : 0
    guard pending.count >= start + 4 else { return nil }
    let length = pending[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
    guard let bytes = take(start + length) else { return nil }
    guard hasGreeted else {
      hasGreeted = bytes[4..<8].elementsEqual([0, 3, 0, 0])
      return Request(bytes: bytes)
    }
    var request = Request(bytes: bytes)
    switch bytes[0] {
    case UInt8(ascii: "B"): request.name = Self.preparedName(bytes)
    case UInt8(ascii: "S"), UInt8(ascii: "Q"): request.endsUnit = true
    case _: break
    }
    return request
  }

  /// Behind the name of the portal, without the digest of the text.
  private static func preparedName(_ bind: [UInt8]) -> String? {
    let parts = bind.dropFirst(5).split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    return String(decoding: parts[1].prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
  }

  // MARK: Redis

  private mutating func nextCommand() -> Request? {
    var place = 0
    guard let count = number(after: UInt8(ascii: "*"), &place) else { return nil }
    var words: [String] = []
    for index in 0..<count {
      guard let length = number(after: UInt8(ascii: "$"), &place), pending.count >= place + length + 2 else {
        return nil
      }
      if index < 2 { words.append(String(decoding: pending[place..<(place + length)], as: UTF8.self)) }
      place += length + 2
    }
    guard let bytes = take(place) else { return nil }
    let isScript = words.first?.uppercased() == "EVALSHA"
    let name = isScript ? "script \(words.last?.prefix(10) ?? "")" : words.first?.uppercased()
    return Request(bytes: bytes, name: name, endsUnit: true)
  }

  /// The number of a line that begins so; moves the place behind it.
  private func number(after sign: UInt8, _ place: inout Int) -> Int? {
    guard let end = pending[place...].firstIndex(of: UInt8(ascii: "\n")), pending[place] == sign else {
      return nil
    }
    defer { place = end + 1 }
    return Int(String(decoding: pending[(place + 1)..<(end - 1)], as: UTF8.self))
  }
}
