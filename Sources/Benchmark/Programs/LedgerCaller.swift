// A connection that sends one thing after the other to the measured service, and expects each to be made.

/// A noncopyable connection cannot be in an array; this can.
final class LedgerCaller {
  /// The service closes a connection on which nothing comes for a while.
  private static let idleMost = Duration.seconds(5)

  private let port: UInt16
  private var connection: LoopbackConnection
  private var lastUse = ContinuousClock.now

  init(of service: borrowing MeasuredServer) throws(BenchmarkError) {
    port = service.port
    connection = try Self.open(port)
  }

  private static func open(_ port: UInt16) throws(BenchmarkError) -> LoopbackConnection {
    guard let connection = try LoopbackConnection.open(port: port, patience: .seconds(30)) else {
      throw .unexpectedAnswer(from: "points serve", "it no longer listens")
    }
    return connection
  }

  private func use() throws(BenchmarkError) {
    let now = ContinuousClock.now
    if now - lastUse > Self.idleMost { connection = try Self.open(port) }
    lastUse = now
  }

  func send(
    _ path: String, _ body: [UInt8], as idempotencyKey: String, _ key: ServiceKey
  ) throws(BenchmarkError) {
    try use()
    guard connection.post(path, key: key.text, idempotencyKey: idempotencyKey, body: body) else {
      throw .unexpectedAnswer(from: "points serve", "it took nothing at \(path)")
    }
  }

  /// Sends and waits; what was answered.
  func make(
    _ path: String, _ body: [UInt8], as idempotencyKey: String, _ key: ServiceKey
  ) throws(BenchmarkError) -> String {
    try send(path, body, as: idempotencyKey, key)
    return try text(connection.receive(), statuses: 200...202, path)
  }

  func read(_ path: String, _ key: ServiceKey) throws(BenchmarkError) -> String {
    try use()
    return try text(connection.get(path, key: key.text), statuses: 200...200, path)
  }

  private func text(
    _ answer: HTTPAnswer?, statuses: ClosedRange<Int>, _ path: String
  ) throws(BenchmarkError) -> String {
    let told = answer.map { String(decoding: $0.body, as: UTF8.self) }
    guard let answer, let told, statuses.contains(answer.status) else {
      throw .unexpectedAnswer(from: "points serve", "\(told?.prefix(1_000) ?? "none") at \(path)")
    }
    return told
  }

  func expectCreated(by service: borrowing MeasuredServer) throws(BenchmarkError) {
    let answer = connection.receive()
    guard answer?.status == 201 else {
      let told = answer.map { String(decoding: $0.body.prefix(1_000), as: UTF8.self) } ?? "none"
      throw .unexpectedAnswer(from: service.program.name, "\(told)\n\(service.program.lastWords())")
    }
  }
}
