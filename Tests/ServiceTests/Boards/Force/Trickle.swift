// Postings that never end, a few at a time: what is closed is closed while others write, to the same accounts
// too.
import Foundation
import Synchronization

final class Trickle: Sendable {
  private let port: Mutex<UInt16>
  private let body: @Sendable (Int) -> String
  private let isOver = Atomic(false)
  private let asked = Atomic(0)
  private let posted = Atomic(0)
  private let ended = DispatchSemaphore(value: 0)

  /// The body of each award is made from its number. Unless it is said, they count on no board of a league,
  /// and none is for the user of it who is disabled: what is always refused writes nothing.
  init(
    _ installation: Installation, through port: UInt16,
    body: @escaping @Sendable (Int) -> String = { #"{"userId":"user-\#(40 + $0 % 40)","amount":1}"# }
  ) {
    self.port = Mutex(port)
    self.body = body
    Thread.detachNewThread { [self] in
      while !isOver.load(ordering: .relaxed) { post(installation.service) }
      ended.signal()
    }
  }

  /// To whom it turns when its connection breaks.
  func turn(to port: UInt16) { self.port.withLock { $0 = port } }

  var count: Int { posted.load(ordering: .relaxed) }

  func stop() {
    isOver.store(true, ordering: .relaxed)
    ended.wait()
  }

  /// Until the connection breaks.
  private func post(_ key: String) {
    let target = port.withLock { $0 }
    guard let caller = try? Caller(port: target) else {
      usleep(20_000)
      return
    }
    while !isOver.load(ordering: .relaxed), port.withLock({ $0 }) == target {
      let number = asked.add(1, ordering: .relaxed).oldValue
      guard let answer = try? caller.ask(.post("/points/award", body(number), as: key)) else { return }
      if answer.status == 201 { posted.add(1, ordering: .relaxed) }
      usleep(20_000)
    }
  }
}
