// The scripted server's side of a connection of HTTP/2: requests from frames, and answers as frames. It keeps
// windows open and answers what must be answered, and leaves the rest to its script.
import Foundation
import TestSupport

struct ServerStreams {
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  private struct Part {
    var fields: [String: String] = [:]
    var body: [UInt8] = []
  }

  private var reader = FieldReader()
  private var parts: [UInt32: Part] = [:]
  /// Requests that are complete and not answered yet.
  private(set) var unanswered: [ReceivedRequest] = []
  private var isNew = 0
  /// Streams that the client has reset, with the code.
  private(set) var resets: [UInt32: UInt8] = [:]
  private(set) var pings = 0
  /// What the client has given by way of windows, by stream.
  private(set) var granted: [UInt32: Int] = [:]
  private(set) var streamWindow = 65_535
  /// Requests whose fields have come.
  private(set) var begun = 0
  /// Whether pings and settings are answered, and windows opened again.
  var isAlive = true

  /// The next request that nobody has seen.
  mutating func nextRequest() -> ReceivedRequest? {
    guard isNew > 0 else { return nil }
    isNew -= 1
    return unanswered[unanswered.count - isNew - 1]
  }

  /// Takes a frame and says what to send for it.
  mutating func take(_ frame: Frame) -> [Frame] {
    switch Frame.Kind(rawValue: frame.kind) {
    case .headers:
      let fields = (try? reader.read(frame.payload)) ?? []
      begun += 1
      parts[frame.stream] = Part(fields: Dictionary(fields.map { ($0.name, $0.value) }) { $1 })
      complete(frame)
    case .data:
      parts[frame.stream]?.body += frame.payload
      complete(frame)
      guard isAlive, !frame.payload.isEmpty else { return [] }
      let count = UInt32(frame.payload.count)
      return [.windowUpdate(0, by: count), .windowUpdate(frame.stream, by: count)]
    case .reset:
      resets[frame.stream] = frame.payload.last
      unanswered.removeAll { $0.stream == frame.stream }
    case .ping where frame.flags & Frame.ack == 0:
      pings += 1
      if isAlive { return [Frame(.ping, flags: Frame.ack, frame.payload)] }
    case .windowUpdate: granted[frame.stream, default: 0] += number(frame.payload[...])
    case .settings where frame.flags & Frame.ack == 0:
      for at in stride(from: 0, to: frame.payload.count, by: 6) where frame.payload[at + 1] == 4 {
        streamWindow = number(frame.payload[(at + 2)..<(at + 6)])
      }
      return [Frame(.settings, flags: Frame.ack)]
    default: break
    }
    return []
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  private mutating func complete(_ frame: Frame) {
    guard frame.flags & Frame.endStream != 0, let part = parts.removeValue(forKey: frame.stream) else {
      return
    }
    unanswered.append(ReceivedRequest(stream: frame.stream, fields: part.fields, body: part.body))
    isNew += 1
  }

  /// An answer that is spelt as one of HTTP/1.1, to the request that has waited longest.
  mutating func answer(_ text: String) -> [Frame] {
    guard !unanswered.isEmpty else { return [] }
    return Self.answer(text, to: unanswered.removeFirst().stream)
  }

  static func answer(_ text: String, to stream: UInt32) -> [Frame] {
    guard let end = text.range(of: "\r\n\r\n") else { return [] }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    var fields = [(":status", String(lines[0].split(separator: " ")[1]))]
    for line in lines.dropFirst() {
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      fields.append(
        (line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)))
    }
    let body = Array(text[end.upperBound...].utf8)
    let head = Frame.request(stream, fields, endsStream: body.isEmpty)
    return [head] + data(body, on: stream)
  }

  static func data(_ body: [UInt8], on stream: UInt32, ends: Bool = true) -> [Frame] {
    stride(from: 0, to: body.count, by: 16_384).map { start in
      let stop = min(start + 16_384, body.count)
      let flags = ends && stop == body.count ? Frame.endStream : 0
      return Frame(.data, flags: flags, stream: stream, Array(body[start..<stop]))
    }
  }
}
