// A listener without a route and a connection around him.
import EventLoop
import Ledger

@testable import API

/// One who hears what a live board tells; used on its loop only.
final class HearerUnderTest: @unchecked Sendable {
  private(set) var events: [LiveEvent] = []
  /// Whether he is too busy to listen, from his next event on.
  var isBusy = false
  private var pause: OneShot<Void>?
  private var task: Task<Void, Never>?

  init(
    _ live: LiveBoards, _ name: LiveSubject.Name, having seen: String? = nil, of service: UInt64 = 1,
    on loop: EventLoop
  ) {
    task = loop.spawn { [self] in
      let service = ServiceID(UUIDBits(high: 0, low: service))
      try? await live.listening(to: name, having: seen, for: service) { listener in
        while case .event(let event) = await listener.next() {
          events.append(event)
          guard isBusy else { continue }
          let pause = OneShot<Void>()
          self.pause = pause
          await pause.value()
        }
      }
    }
  }

  /// What he heard: the contents of scripted boards, and the names of other events.
  var heard: [String] {
    events.map { event in
      let lines = String(decoding: event.bytes, as: UTF8.self).split(separator: "\n")
      let parts = lines[2].split(separator: "\"")
      return lines[1] == "event: board" ? String(parts[3]) : String(lines[1].dropFirst("event: ".count))
    }
  }

  func listenAgain() {
    isBusy = false
    pause?.fulfil(())
    pause = nil
  }

  func leave() { task?.cancel() }
}
