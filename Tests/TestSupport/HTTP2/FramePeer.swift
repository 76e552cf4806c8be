// A client of HTTP/2 that sends frames and not requests, so that it can break every rule. It keeps windows
// open only when it is told to.

package final class FramePeer<Channel: ByteChannel> {
  package let raw: Channel
  private var reader = FieldReader()
  package private(set) var answers: [UInt32: StreamAnswer] = [:]
  /// The last one, when one has come.
  package private(set) var goAway: (last: UInt32, code: UInt32)?
  package private(set) var goAways = 0
  package private(set) var pongs = 0
  package private(set) var settings: [UInt16: UInt32] = [:]
  /// By stream: what the server has given back of its windows.
  package private(set) var windowUpdates: [UInt32: Int] = [:]
  package private(set) var continues = 0
  /// Whether what is received opens the windows again.
  package var opensWindows = true
  /// Whether pings are answered.
  package var echoes = true

  /// Sends the preface and a first frame, right or wrong.
  package init(over raw: Channel, beginningWith frame: Frame = .settings()) throws {
    self.raw = raw
    try raw.send(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame.bytes)
  }

  package func send(_ frames: Frame...) throws {
    try send(frames)
  }

  package func send(_ frames: [Frame]) throws {
    try raw.send(frames.flatMap(\.bytes))
  }

  // MARK: Receiving

  /// Reads frames until the stream has ended or the connection has.
  package func answer(_ stream: UInt32) throws -> StreamAnswer {
    while answers[stream]?.isEnded != true { _ = try next() }
    defer { answers[stream] = nil }
    return answers[stream] ?? StreamAnswer()
  }

  /// Reads until the condition holds.
  package func read(until condition: () -> Bool) throws {
    while !condition() { _ = try next() }
  }

  /// Reads until the server has closed, and gives the reason it named last.
  package func readToEnd() throws -> UInt32? {
    while (try? next()) != nil {}
    return goAway?.code
  }

  @discardableResult
  package func next() throws -> Frame {
    let head = try raw.take(9)
    let count = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
    let frame = Frame(
      kind: head[3], flags: head[4], stream: Self.number(head[5..<9]), payload: try raw.take(count))
    try note(frame)
    return frame
  }

  private func note(_ frame: Frame) throws {
    switch Frame.Kind(rawValue: frame.kind) {
    case .headers: try noteFields(frame)
    case .data: try noteData(frame)
    case .reset:
      answers[frame.stream, default: StreamAnswer()].reset = Self.number(frame.payload[...])
      answers[frame.stream]?.isEnded = true
    case .settings where frame.flags & Frame.ack == 0:
      for at in stride(from: 0, to: frame.payload.count, by: 6) {
        let id = UInt16(frame.payload[at]) << 8 | UInt16(frame.payload[at + 1])
        settings[id] = Self.number(frame.payload[(at + 2)..<(at + 6)])
      }
      try? send(Frame(.settings, flags: Frame.ack))
    case .ping where frame.flags & Frame.ack != 0: pongs += 1
    case .ping: if echoes { try? send(Frame(.ping, flags: Frame.ack, frame.payload)) }
    case .goAway:
      goAway = (Self.number(frame.payload[0..<4]), Self.number(frame.payload[4..<8]))
      goAways += 1
    case .windowUpdate: windowUpdates[frame.stream, default: 0] += Int(Self.number(frame.payload[...]))
    default: break
    }
  }

  private func noteFields(_ frame: Frame) throws {
    guard frame.flags & Frame.endHeaders != 0 else { throw MalformedFields("fields in pieces") }
    let fields = try reader.read(frame.payload)
    for (name, _) in fields where name != name.lowercased() { throw MalformedFields(name) }
    if fields.first?.value == "100" { return continues += 1 }
    answers[frame.stream, default: StreamAnswer()].fields = fields
    if frame.flags & Frame.endStream != 0 { answers[frame.stream]?.isEnded = true }
  }

  private func noteData(_ frame: Frame) throws {
    answers[frame.stream, default: StreamAnswer()].body += frame.payload
    if frame.flags & Frame.endStream != 0 { answers[frame.stream]?.isEnded = true }
    guard opensWindows, !frame.payload.isEmpty else { return }
    let count = UInt32(frame.payload.count)
    try? send(Frame.windowUpdate(0, by: count), Frame.windowUpdate(frame.stream, by: count))
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
  }
}
