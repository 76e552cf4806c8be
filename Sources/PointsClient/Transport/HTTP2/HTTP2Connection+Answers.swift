// What the session reads becomes answers. Everything here is called by nghttp2, in the midst of its reading
// or writing: it may submit, and end calls, but never send or close.

extension HTTP2Connection {
  // MARK: The connection

  func settingsArrived() { hasSettings = true }

  func goAwayArrived() { hasGoAway = true }

  // MARK: Requests

  /// From here on nobody can say for certain that the call did not arrive.
  func headLeft(on id: Int32) {
    streams[id]?.hasLeft = true
  }

  // MARK: Fields

  /// False when there are so many fields that reading them for nothing is too much.
  func fieldArrived(_ name: Span<UInt8>, _ value: Span<UInt8>, on id: Int32) -> Bool {
    guard let stream = streams[id] else { return true }
    stream.fieldBytes += name.count + value.count + 4
    guard stream.fieldBytes <= 4 * limits.headBytes else { return false }
    guard stream.exchange != nil, !stream.hasHead else { return true }
    if stream.fieldBytes > limits.headBytes {
      giveUp(id, stream, because: .malformed("its head is too long"))
    } else {
      note(name, value, in: &stream.answer)
    }
    return true
  }

  private func note(_ name: Span<UInt8>, _ value: Span<UInt8>, in answer: inout Answer) {
    unsafe name.withUnsafeBufferPointer { name in
      unsafe value.withUnsafeBufferPointer { value in
        if unsafe name.isNamed(":status") {
          answer.status = unsafe value.decimal ?? 0
        } else {
          unsafe answer.note(name, value)
        }
      }
    }
  }

  func headEnds(on id: Int32, endsStream: Bool) {
    guard let stream = streams[id], stream.exchange != nil else { return }
    if !stream.hasHead {
      if stream.answer.status < 200 {
        stream.interimAnswers += 1
        stream.answer = Answer(status: 0)
        guard stream.interimAnswers <= limits.interimAnswers else {
          return giveUp(id, stream, because: .malformed("it announces itself without end"))
        }
      } else {
        stream.hasHead = true
      }
    }
    if endsStream { answerEnds(on: id) }
  }

  // MARK: Bodies

  func bodyArrived(_ bytes: Span<UInt8>, on id: Int32) {
    guard let stream = streams[id], stream.exchange != nil else { return }
    guard stream.answer.body.count + bytes.count <= limits.bodyBytes else {
      return giveUp(id, stream, because: .malformed("its body is too long"))
    }
    guard keptBytes + bytes.count <= limits.connectionBytes else {
      return giveUp(id, stream, because: .malformed("the answers of its connection are too long together"))
    }
    keptBytes += bytes.count
    stream.answer.body.append(copying: bytes)
  }

  func answerEnds(on id: Int32) {
    guard let stream = streams[id], let exchange = stream.exchange else { return }
    let answer = stream.answer
    let isWholeRequestSent = stream.bodySent == exchange.call.body?.count ?? 0
    end(stream, .success(answer))
    // The service has answered without having read everything; the rest is of no use to it.
    if !isWholeRequestSent { session.submitReset(id, .cancel) }
  }

  // MARK: The end of a stream

  func resetArrived(on id: Int32) {
    streams[id]?.wasReset = true
  }

  /// The stream is over, for whatever reason. If the call still waits, it has no answer.
  func streamCloses(_ id: Int32, code: UInt32) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    end(stream, .failure(failure(of: stream, code: code)))
  }

  private func failure(of stream: HTTP2Stream, code: UInt32) -> TransportFailure {
    let isRefused = code == HTTP2ErrorCode.refusedStream.rawValue
    if isRefused, stream.wasReset {
      return .unsent(.lost("the service refused the call before it looked at it"))
    }
    // The service has named the last call it will answer, and this one came later.
    if isRefused || !stream.hasLeft {
      let cause = TransportFailure.Cause.lost("the connection ended before the service took the call")
      return TransportFailure(cause, mayHaveLeft: false, wasStale: true)
    }
    let cause = stream.wasReset ? .lost("the service broke its answer off") : Self.malformed
    return TransportFailure(cause, mayHaveLeft: true)
  }
}
