// One connection of the scripted server, in whatever version its client speaks.
import Foundation
import Synchronization
import TestSupport

final class ServerConnection: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    /// Whether it is known which version is spoken.
    var isTold = false
    var streams: ServerStreams?
  }

  /// Counts the server's connections from 1.
  let number: Int
  private let descriptor: Int32
  private let state = Mutex(State())
  private let note: @Sendable (ReceivedRequest) -> Void

  init(_ descriptor: Int32, number: Int, note: @escaping @Sendable (ReceivedRequest) -> Void) {
    self.descriptor = descriptor
    self.number = number
    self.note = note
  }

  // MARK: Either version

  /// The next request, or nil when the peer has ended.
  func readRequest() -> ReceivedRequest? {
    guard begin() else { return nil }
    return state.withLock { state in
      while true {
        let request =
          state.streams == nil
          ? ReceivedRequest(takenFrom: &state.buffer) : state.streams?.nextRequest()
        if let request {
          note(request)
          return request
        }
        guard advance(&state) else { return nil }
      }
    }
  }

  /// Waits until the peer has ended its side.
  func waitForEnd() {
    state.withLock { state in
      while advance(&state) {}
    }
  }

  /// In HTTP/2 the text is the answer to the request that has waited longest; in HTTP/1.1 it need not be one.
  func write(_ text: String) {
    let frames = state.withLock { $0.streams?.answer(text) }
    if let frames { send(frames) } else { write(Array(text.utf8)) }
  }

  func write(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Foundation.send(
          descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Ends the connection in order.
  func end() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// The next request of HTTP/1.1, as whoever knows no other version reads it.
  func readPlainRequest() -> ReceivedRequest? {
    state.withLock { $0.isTold = true }
    return readRequest()
  }

  // MARK: HTTP/2

  /// Finds out what is spoken, and answers a preface. False when the peer has ended.
  @discardableResult
  func begin(settings: [(UInt16, UInt32)] = []) -> Bool {
    state.withLock { state in
      guard !state.isTold else { return true }
      let preface = ServerStreams.preface
      while state.buffer.count < preface.count, preface.starts(with: state.buffer) {
        guard receive(into: &state.buffer) else { return false }
      }
      state.isTold = true
      guard state.buffer.starts(with: preface) else { return true }
      state.buffer.removeFirst(preface.count)
      state.streams = ServerStreams()
      send([.settings(settings)])
      return true
    }
  }

  func send(_ frames: Frame...) {
    send(frames)
  }

  func send(_ frames: [Frame]) {
    write(frames.flatMap(\.bytes))
  }

  /// Reads frames until the condition holds. False when the peer has ended before.
  @discardableResult
  func read(until condition: (ServerStreams) -> Bool) -> Bool {
    state.withLock { state in
      while !condition(state.streams ?? ServerStreams()) {
        guard advance(&state) else { return false }
      }
      return true
    }
  }

  /// From now on pings go unanswered, and windows stay as they are.
  func playDead() {
    state.withLock { $0.streams?.isAlive = false }
  }

  // MARK: Bytes

  /// Takes the next frame, or the next bytes of HTTP/1.1.
  private func advance(_ state: inout State) -> Bool {
    guard state.streams != nil else { return receive(into: &state.buffer) }
    while true {
      if let frame = Frame(takenFrom: &state.buffer) {
        send(state.streams?.take(frame) ?? [])
        return true
      }
      guard receive(into: &state.buffer) else { return false }
    }
  }

  private func receive(into buffer: inout [UInt8]) -> Bool {
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    let count = unsafe recv(descriptor, &piece, piece.count, 0)
    guard count > 0 else { return false }
    buffer.append(contentsOf: piece[..<count])
    return true
  }
}

extension Frame {
  /// Takes one whole frame from the front of the bytes, if there is one.
  fileprivate init?(takenFrom bytes: inout [UInt8]) {
    guard bytes.count >= 9 else { return nil }
    let count = bytes[..<3].reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count >= 9 + count else { return nil }
    let stream = bytes[5..<9].reduce(0) { $0 << 8 | UInt32($1) }
    self.init(kind: bytes[3], flags: bytes[4], stream: stream, payload: Array(bytes[9..<(9 + count)]))
    bytes.removeFirst(9 + count)
  }
}
