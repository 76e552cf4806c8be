// A caller of the ledger in HTTP/2, frame by frame: awards, and live boards with their events.
import TestSupport

final class LedgerPeer {
  struct Event {
    let id: String
    let data: String
  }

  let frames: FramePeer<Caller>
  /// The streams of all awards.
  private(set) var asked: [UInt32] = []
  private var next: UInt32 = 1
  /// How much of each live stream was read.
  private var read: [UInt32: Int] = [:]

  init(port: UInt16) throws {
    frames = try FramePeer(over: Caller(port: port))
  }

  /// Gives the stream on which the answer will come.
  @discardableResult
  func award(_ user: String, _ amount: Int, as key: String) throws -> UInt32 {
    let stream = takeStream()
    let body = Array(#"{"userId":"\#(user)","amount":\#(amount)}"#.utf8)
    try frames.send(
      .post(stream, "/points/award", [("authorization", "Bearer \(key)")]),
      Frame(.data, flags: Frame.endStream, stream: stream, body))
    asked.append(stream)
    return stream
  }

  func listen(
    to target: String = "/points/leaderboard/stream?perSecond=20", as key: String, having seen: String? = nil
  ) throws -> UInt32 {
    let stream = takeStream()
    let known = seen.map { [("last-event-id", $0)] } ?? []
    try frames.send(.get(stream, target, [("authorization", "Bearer \(key)")] + known))
    return stream
  }

  private func takeStream() -> UInt32 {
    defer { next += 2 }
    return next
  }

  /// The next event; what is no event is read past, for half a minute: heartbeats come without end.
  func event(on stream: UInt32) throws -> Event {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      let lines = try block(on: stream, before: deadline).split(separator: "\n").map(String.init)
      guard lines.count == 3 else { continue }
      return Event(id: String(lines[0].dropFirst(4)), data: String(lines[2].dropFirst(6)))
    }
  }

  /// What stands before the next empty line.
  private func block(on stream: UInt32, before deadline: ContinuousClock.Instant) throws -> String {
    let start = read[stream, default: 0]
    while true {
      let body = frames.answers[stream]?.body ?? []
      for at in start..<max(start, body.count - 1) where body[at] == 0x0A && body[at + 1] == 0x0A {
        read[stream] = at + 2
        return String(decoding: body[start..<at], as: UTF8.self)
      }
      if frames.answers[stream]?.isEnded == true { throw CallError.closed }
      guard ContinuousClock.now < deadline else { throw CallError.silent }
      try frames.next()
    }
  }

  /// Reads until the stream has ended; the code of the reset, if it ended with one.
  func end(of stream: UInt32) throws -> UInt32? {
    try frames.read { frames.answers[stream]?.isEnded == true }
    return frames.answers[stream]?.reset
  }
}
