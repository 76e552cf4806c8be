// A server that does what a test tells it, right or wrong, in HTTP/1.1 or HTTP/2: plain blocking sockets on
// the loopback, a thread for each connection. It shares no code with what it tests.
import Foundation
import Synchronization

final class ScriptedServer: Sendable {
  typealias Script = @Sendable (ServerConnection) -> Void

  /// So that a test that counts threads can leave these out.
  static let threadName = "scripted-server"

  /// Settings of HTTP/2 that make a connection carry as many calls as one of HTTP/1.1.
  static let oneAtATime: [(UInt16, UInt32)] = [(3, 1)]

  let port: UInt16
  private let listener: Int32
  private let script: Script
  private let threads = DispatchGroup()
  private let state = Mutex(State())

  private struct State {
    var requests: [ReceivedRequest] = []
    var open: Set<Int32> = []
    var accepted = 0
  }

  /// Runs the script for every connection that is made.
  init(_ script: @escaping Script) {
    self.script = script
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    port = bindToLoopback(listener)
    precondition(listen(listener, 128) == 0, "The loopback refused to listen.")
    run { [self] in acceptAll() }
  }

  /// A server that answers each request, in order, until the peer is done.
  convenience init(answering answer: @escaping @Sendable (ReceivedRequest) -> String) {
    self.init { connection in
      while let request = connection.readRequest() { connection.write(answer(request)) }
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [ReceivedRequest] { state.withLock { $0.requests } }
  var connectionsAccepted: Int { state.withLock { $0.accepted } }
  var openConnections: Int { state.withLock { $0.open.count } }

  /// Ends all connections and waits for their scripts.
  func stop() {
    state.withLock { state in
      shutdown(listener, Int32(SHUT_RDWR))
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
    threads.wait()
    close(listener)
  }

  private func run(_ work: @escaping @Sendable () -> Void) {
    threads.enter()
    Thread.detachNewThread { [threads] in
      try? Self.threadName.write(toFile: "/proc/thread-self/comm", atomically: false, encoding: .utf8)
      work()
      threads.leave()
    }
  }

  private func acceptAll() {
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      let number = state.withLock { state in
        state.open.insert(descriptor)
        state.accepted += 1
        return state.accepted
      }
      run { [self] in
        script(ServerConnection(descriptor, number: number) { [self] in note($0) })
        state.withLock { state in
          state.open.remove(descriptor)
          close(descriptor)
        }
      }
    }
  }

  private func note(_ request: ReceivedRequest) {
    state.withLock { $0.requests.append(request) }
  }
}
