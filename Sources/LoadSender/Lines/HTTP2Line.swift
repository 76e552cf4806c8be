// A connection of HTTP/2: many requests at a time. The frames of requests are few and always the same, so
// they are written here; the fields of answers are packed with a memory of those before, so nghttp2 unpacks
// them.

final class HTTP2Line: LoadLine {
  let socket: LoadSocket
  private let fields: HTTP2RequestFields
  private let inflater: HeaderInflater
  private var nextStream: UInt32 = 1
  private var underWay: [UInt32: UnderWay] = [:]
  private let streamsWanted: Int
  /// What the service lets us send on the connection, and on each new stream.
  private var window = 65_535
  private var streamWindow = 65_535
  /// Bodies that are not wholly sent yet, in order.
  private var held: [Held] = []
  /// Bytes of bodies that arrived since we last widened the window of the connection.
  private var received = 0

  private struct UnderWay {
    let due: ContinuousClock.Instant
    var status = 0
  }

  private struct Held {
    let stream: UInt32
    var rest: ArraySlice<UInt8>
    /// What the service lets us send on this stream.
    var window: Int
  }

  init(_ socket: LoadSocket, _ plan: LoadPlan) throws(LoadError) {
    self.socket = socket
    streamsWanted = plan.streams
    fields = HTTP2RequestFields(plan)
    inflater = try HeaderInflater()
    socket.output += "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8
    // No pushes, and windows so wide that they never close.
    socket.output.append(frame: .settings, on: 0, payload: [0, 2, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF])
    widen(by: 0x7FFF_FFFF - 65_535)
  }

  func send(_ request: borrowing RequestMaker, due: ContinuousClock.Instant) {
    let stream = nextStream
    nextStream += 2
    underWay[stream] = UnderWay(due: due)
    let block = fields.block(of: request, isFirst: stream == 1)
    let flags: UInt8 =
      request.body.isEmpty ? HTTP2Frame.endHeaders | HTTP2Frame.endStream : HTTP2Frame.endHeaders
    socket.output.append(frame: .headers, flags: flags, on: stream, payload: block)
    guard !request.body.isEmpty else { return }
    held.append(Held(stream: stream, rest: request.body[...], window: streamWindow))
    writeHeld()
  }

  /// Writes as much as both windows let through, one body after the other.
  private func writeHeld() {
    while !held.isEmpty {
      let count = min(held[0].rest.count, held[0].window, window, HTTP2Frame.payloadBytesMax)
      guard count > 0 else { return }
      let part = held[0].rest.prefix(count)
      held[0].rest = held[0].rest.dropFirst(count)
      held[0].window -= count
      window -= count
      let isLast = held[0].rest.isEmpty
      socket.output.append(
        frame: .data, flags: isLast ? HTTP2Frame.endStream : 0, on: held[0].stream, payload: part)
      if isLast { held.removeFirst() }
    }
  }

  private func widen(by count: Int) {
    socket.output.append(frame: .windowUpdate, on: 0, payload: HTTP2Frame.bytes(UInt32(count)))
  }

  func receive(into answers: inout [LoadAnswer]) throws(LoadError) {
    guard try socket.fill() else { throw .closed(afterAnswers: 0) }
    while let frame = HTTP2Frame(in: socket.input, from: socket.consumed) {
      let end = socket.consumed + HTTP2Frame.headBytes + frame.length
      try take(frame, payload: (end - frame.length)..<end, into: &answers)
      socket.consume(HTTP2Frame.headBytes + frame.length)
    }
    if received > 1 << 30 {
      widen(by: received)
      received = 0
    }
  }

  private func take(
    _ frame: HTTP2Frame, payload: Range<Int>, into answers: inout [LoadAnswer]
  ) throws(LoadError) {
    switch frame.kind {
    case .headers:
      guard frame.flags & HTTP2Frame.endHeaders != 0, frame.flags & HTTP2Frame.paddedOrRanked == 0 else {
        throw .malformed("a head in several frames")
      }
      let status = try inflater.status(in: socket.input, payload)
      underWay[frame.stream]?.status = status
    case .data: received += frame.length
    case .settings: try heed(frame, payload)
    case .ping:
      if frame.flags & HTTP2Frame.ack == 0 {
        socket.output.append(frame: .ping, flags: HTTP2Frame.ack, on: 0, payload: socket.input[payload])
      }
    case .windowUpdate:
      widened(frame.stream, by: Int(HTTP2Frame.number(socket.input[payload])))
    case .resetStream:
      if let ended = underWay.removeValue(forKey: frame.stream) {
        answers.append(LoadAnswer(status: 0, due: ended.due))
      }
      return
    case .goAway: throw .closed(afterAnswers: 0)
    case .other: break
    }
    if frame.endsStream, let ended = underWay.removeValue(forKey: frame.stream) {
      answers.append(LoadAnswer(status: ended.status, due: ended.due))
    }
  }

  private func widened(_ stream: UInt32, by count: Int) {
    if stream == 0 {
      window += count
    } else if let place = held.firstIndex(where: { $0.stream == stream }) {
      held[place].window += count
    }
    writeHeld()
  }

  private func heed(_ frame: HTTP2Frame, _ payload: Range<Int>) throws(LoadError) {
    guard frame.flags & HTTP2Frame.ack == 0 else { return }
    for place in stride(from: payload.lowerBound, to: payload.upperBound - 5, by: 6) {
      let value = Int(HTTP2Frame.number(socket.input[(place + 2)..<(place + 6)]))
      switch socket.input[place + 1] {
      case 3 where value < streamsWanted: throw .malformed("a limit of \(value) streams")
      case 4: streamWindow = value
      default: break
      }
    }
    socket.output.append(frame: .settings, flags: HTTP2Frame.ack, on: 0, payload: [])
  }
}
