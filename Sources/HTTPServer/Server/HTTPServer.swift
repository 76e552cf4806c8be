// The front door: one listener on the control loop, and the workers it gives connections to.
package import EventLoop
import Synchronization

/// Accepts connections and gives each to the worker with the fewest.
package final class HTTPServer: @unchecked Sendable {
  package let address: SocketAddress
  private let controlLoop: EventLoop
  private let workers: [HTTPWorker]
  private let limits: ServerLimits
  private var listener: Listener?
  /// Connections turned away because the server was full.
  private let refused = Atomic(0)
  package var refusedConnections: Int { refused.load(ordering: .relaxed) }

  /// Listens at once; called on the control loop.
  package init(
    on address: SocketAddress, controlLoop: EventLoop, workers: [HTTPWorker], limits: ServerLimits,
    reusePort: Bool = false
  ) throws(SocketError) {
    precondition(!workers.isEmpty, "A server has at least one worker.")
    self.controlLoop = controlLoop
    self.workers = workers
    self.limits = limits
    let relay = AcceptRelay()
    let listener = try Listener(on: address, loop: controlLoop, reusePort: reusePort) { connection in
      relay.server?.distribute(connection)
    }
    self.listener = listener
    self.address = listener.address
    relay.server = self
  }

  /// Stops accepting, lets every worker finish what it has
  /// accepted, and returns when all connections are closed.
  package func drain(deadline: Duration) async {
    controlLoop.preconditionInside()
    listener?.acceptWaiting()
    listener?.close()
    listener = nil
    // All at once: they share one deadline.
    let drained = workers.map { worker in
      let done = OneShot<Void>()
      worker.loop.post { [controlLoop] in
        worker.loop.spawn {
          await worker.drain(deadline: deadline)
          controlLoop.post { done.fulfil(()) }
        }
      }
      return done
    }
    for done in drained { await done.value() }
  }

  private func distribute(_ connection: Listener.Connection) {
    var least = workers[0]
    var total = least.connectionCount
    for worker in workers.dropFirst() {
      let count = worker.connectionCount
      total += count
      if count < least.connectionCount { least = worker }
    }
    guard total < limits.connections else { return refuse(connection) }
    least.adopt(connection)
  }

  private func refuse(_ connection: Listener.Connection) {
    refused.add(1, ordering: .relaxed)
    connection.refuse(with: Self.fullAnswer)
  }

  private static let fullAnswer: [UInt8] = {
    let problem = Problem(
      .overloaded, "The server holds as many connections as it may.",
      fields: [.retrySoon])
    var output: [UInt8] = []
    let response = problem.response
    guard case .bytes(let body) = response.body else { return [] }
    let head = ResponseHead(
      framing: .length(body.count), version: .http11, keepAlive: false, requestID: .made(worker: 0, number: 0)
    )
    ResponseEncoder.encode(response, head: head, date: [], into: &output)
    output.append(contentsOf: body)
    return output
  }()
}

/// Lets the listener call a server that is still being made.
private final class AcceptRelay {
  weak var server: HTTPServer?
}
