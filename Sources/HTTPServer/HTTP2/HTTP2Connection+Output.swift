// From the bodies of answers to frames, as the client's windows open.
import EventLoop

extension HTTP2Connection {
  /// Takes over what a producer has written; false if it must not go on before that is sent.
  func add(_ bytes: [UInt8], to stream: HTTP2Stream) -> Bool {
    guard stream.phase == .responding, !bytes.isEmpty else { return true }
    if stream.unsent == 0 { limitReading(of: stream) }
    stream.output.append(contentsOf: bytes)
    resume(stream)
    return holdOutput(of: stream)
  }

  func resume(_ stream: HTTP2Stream) {
    if stream.isDeferred {
      stream.isDeferred = false
      session.resume(stream.id)
    }
    flushLater()
  }

  /// How much of a body goes into the next frame; nil when nothing is there yet.
  func portion(ofBodyAt place: Int, room: Int) -> (count: Int, isLast: Bool)? {
    guard let stream = streams[place], stream.phase == .responding else { return nil }
    let count = min(stream.unsent, room)
    let isLast = stream.outputEnded && count == stream.unsent
    guard count > 0 || isLast else {
      stream.isDeferred = true
      return nil
    }
    return (count, isLast)
  }

  /// What became of a frame the session wanted sent.
  enum Sending {
    case sent
    /// Enough waits for the client to read; the session asks again.
    case mustWait
    /// The stream was given up in the meantime.
    case isOver
  }

  func send(_ count: Int, ofBodyAt place: Int, after head: Span<UInt8>) -> Sending {
    guard socket.unsentBytes <= worker.limits.outputHighWater else { return .mustWait }
    guard let stream = streams[place], stream.phase == .responding else { return .isOver }
    socket.output.append(copying: head)
    let end = stream.sent + count
    if count > 0 {
      let output = stream.output
      socket.output.append(copying: output.span.extracting(stream.sent..<end))
    }
    stream.sent = end
    stream.sentInAll += count
    sentBytes += count
    // Each frame may be followed by two of the client's that open its windows.
    idleFrames.earn(2)
    if stream.unsent == 0 { finishOutput(of: stream) } else { forgetSent(of: stream) }
    if let writer = stream.writer, writer.isWaiting, stream.unsent <= HTTP2BodyWriter.highWater / 2 {
      relieved.append(writer)
    }
    return .sent
  }

  private func finishOutput(of stream: HTTP2Stream) {
    stream.sent = 0
    if stream.outputEnded {
      stream.output = []
      stream.isAnswerSent = true
      letAnswerGo(of: stream)
      guard !stream.inputEnded else { return }
      if isTooMuchToReadPast(stream) { toReset.append(stream.id) }
      limit(stream, by: worker.limits.bodyTimeout)
    } else {
      stream.output.removeAll(keepingCapacity: true)
    }
  }

  /// Of a stream that is never quite read out, only what is left is kept.
  private func forgetSent(of stream: HTTP2Stream) {
    guard !stream.outputEnded, stream.sent > stream.unsent else { return }
    stream.output.removeFirst(stream.sent)
    stream.sent = 0
  }
}
