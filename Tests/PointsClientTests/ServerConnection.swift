// One connection of the scripted server.
import Foundation
import Synchronization

final class ServerConnection: Sendable {
  /// Counts the server's connections from 1.
  let number: Int
  private let descriptor: Int32
  private let buffer = Mutex<[UInt8]>([])
  private let note: @Sendable (ReceivedRequest) -> Void

  init(_ descriptor: Int32, number: Int, note: @escaping @Sendable (ReceivedRequest) -> Void) {
    self.descriptor = descriptor
    self.number = number
    self.note = note
  }

  /// The next request, or nil when the peer has ended.
  func readRequest() -> ReceivedRequest? {
    buffer.withLock { buffer in
      while true {
        if let request = ReceivedRequest(takenFrom: &buffer) {
          note(request)
          return request
        }
        guard receive(into: &buffer) else { return nil }
      }
    }
  }

  /// Waits until the peer has ended its side.
  func waitForEnd() {
    buffer.withLock { buffer in
      while receive(into: &buffer) {}
    }
  }

  private func receive(into buffer: inout [UInt8]) -> Bool {
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    let count = unsafe recv(descriptor, &piece, piece.count, 0)
    guard count > 0 else { return false }
    buffer.append(contentsOf: piece[..<count])
    return true
  }

  func write(_ text: String) {
    write(Array(text.utf8))
  }

  func write(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Ends the connection in order.
  func end() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }
}
