// A stream of server-sent events, read event by event.
import EventLoop
import JSON

@testable import HTTPServer

/// Used on one loop only.
final class StreamUnderTest: ResponseWriter, @unchecked Sendable {
  struct Event {
    let name: String
    let id: String
    let data: JSONValue

    subscript(_ member: String) -> String? { Self.text(of: member, in: data) }

    /// Of the first entry, on a page.
    func first(_ member: String) -> String? {
      guard case .object(let object) = data, case .array(let entries)? = object["entries"] else { return nil }
      return entries.first.flatMap { Self.text(of: member, in: $0) }
    }

    var leader: String? { first("userId") }

    private static func text(of member: String, in value: JSONValue) -> String? {
      guard case .object(let object) = value else { return nil }
      return switch object[member] {
      case .string(let text): text
      case .number(let number): number.text
      case .null: "null"
      case _: nil
      }
    }
  }

  private let loop: EventLoop
  private var task: Task<Void, Never>?
  private var events: [Event] = []
  private var waiting: OneShot<Void>?
  private(set) var hasEnded = false
  private(set) var heartbeats = 0
  private(set) var eventCount = 0
  private(set) var opening = ""

  init(_ stream: ResponseStream, on loop: EventLoop) {
    self.loop = loop
    task = loop.spawn { [self] in
      try? await stream.produce(self)
      hasEnded = true
      wake()
    }
  }

  func write(_ bytes: [UInt8]) async throws(HTTPStreamError) {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("retry:") {
      opening = text
    } else if text == ":\n\n" {
      heartbeats += 1
    } else {
      guard let event = Self.event(text) else { throw .sourceFailed }
      events.append(event)
      eventCount += 1
    }
    wake()
  }

  private static func event(_ text: String) -> Event? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[0].hasPrefix("id: "), lines[1].hasPrefix("event: "),
      lines[2].hasPrefix("data: "), lines[3].isEmpty, lines[4].isEmpty,
      let data = try? JSONValue(parsing: Array(lines[2].dropFirst(6).utf8))
    else { return nil }
    return Event(name: String(lines[1].dropFirst(7)), id: String(lines[0].dropFirst(4)), data: data)
  }

  /// The next event; there is none once the stream has ended, or when none comes for so long.
  func next(within limit: Duration = .seconds(30)) async throws -> Event {
    await waitUntil(within: limit) { !self.events.isEmpty || self.hasEnded }
    guard !events.isEmpty else { throw Unmet(what: "an event") }
    return events.removeFirst()
  }

  /// False if it has not ended after so long.
  @discardableResult
  func end(within limit: Duration = .seconds(30)) async -> Bool {
    await waitUntil(within: limit) { self.hasEnded }
    return hasEnded
  }

  private func waitUntil(within limit: Duration, _ condition: () -> Bool) async {
    let end = loop.now + limit
    let patience = loop.spawn { [self] in
      try? await loop.sleep(for: limit)
      wake()
    }
    while !condition(), loop.now < end { await change() }
    patience.cancel()
  }

  /// As when the connection is gone.
  func leave() { task?.cancel() }

  private func change() async {
    let changed = OneShot<Void>()
    waiting = changed
    await changed.value()
  }

  private func wake() {
    let waiting = waiting
    self.waiting = nil
    waiting?.fulfil(())
  }
}
