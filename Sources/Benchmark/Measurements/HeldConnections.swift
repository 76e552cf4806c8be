// Many keep-alive connections that have each had one answer and now say nothing.

final class HeldConnections {
  private var held: [HeldConnection] = []

  /// A noncopyable value cannot be in an array; this can.
  private final class HeldConnection {
    let connection: LoopbackConnection

    init(_ connection: consuming LoopbackConnection) {
      self.connection = connection
    }
  }

  init(
    _ count: Int, to server: borrowing MeasuredServer, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    held.reserveCapacity(count)
    for number in 0..<count {
      if number.isMultiple(of: 256) { try interruption.check() }
      guard let connection = try LoopbackConnection.open(port: server.port),
        connection.get("/health")?.status == 200
      else {
        throw .unexpectedAnswer(from: server.program.name, "none on connection \(number + 1)")
      }
      held.append(HeldConnection(connection))
    }
  }

  /// Guards against counting connections that the server had given up.
  func expectAllOpen(program: String) throws(BenchmarkError) {
    let closed = held.count { !$0.connection.isQuiet }
    guard closed == 0 else { throw .unexpectedAnswer(from: program, "it closed \(closed) idle connections") }
  }
}
