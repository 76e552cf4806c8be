// The wait of a body's producer for the client to read on.
import EventLoop

/// Used on its connection's loop only.
struct WriterRoom {
  private(set) var ended: HTTPStreamError?
  private var waiting: OneShot<Void>?

  var isWaitedFor: Bool { waiting != nil }

  /// What the producer waits for; there is one producer, and it waits at one place.
  mutating func wait() -> OneShot<Void> {
    precondition(waiting == nil, "One task writes a body.")
    let room = OneShot<Void>()
    waiting = room
    return room
  }

  /// There is room again.
  mutating func open() {
    let room = waiting
    waiting = nil
    room?.fulfil(())
  }

  /// Nobody reads any more. The first reason counts.
  mutating func end(_ reason: HTTPStreamError) {
    if ended == nil { ended = reason }
    open()
  }
}
