// COPY, in and out. It is not allowed in pipeline mode, so the session leaves that mode for one COPY.
import EventLoop

extension PostgresSession {
  /// At most this much is handed to libpq before it has to leave.
  private static var copyPieceBytes: Int { 64 * 1024 }

  /// Sends what the body writes; returns how many rows the server
  /// stored. If the body throws, the server stores nothing.
  package func copyIn<Copy: PostgresCopy>(
    _ copy: Copy, _ body: (PostgresCopyWriter) async throws(PostgresError) -> Void
  ) async throws(PostgresError) -> Int {
    try await copying(Copy.sql, expecting: .copyIn) { () async throws(PostgresError) in
      var failure: PostgresError?
      do throws(PostgresError) {
        try await body(PostgresCopyWriter(session: self))
      } catch {
        failure = error
      }
      guard state.phase == .outOfPipeline else { throw failure ?? lost }
      try await endCopyIn(failure: failure.map { "\($0)" })
      let verdict = try await copyVerdict()
      return failure.map { .failure($0) } ?? verdict
    }
  }

  /// Hands over the rows as they come, many at a time and never a part of
  /// one; returns how many there were. The server waits while the body does.
  /// A body that throws closes the session: nothing else stops the server.
  package func copyOut<Copy: PostgresCopy>(
    _ copy: Copy, _ body: ([UInt8]) async throws(PostgresError) -> Void
  ) async throws(PostgresError) -> Int {
    try await copying(Copy.sql, expecting: .copyOut) { () async throws(PostgresError) in
      try await readCopy(body)
      return try await copyVerdict()
    }
  }

  /// What the transfer returns leaves the session in step with
  /// the server, errors included; what it throws does not.
  private func copying(
    _ sql: PostgresSQL, expecting kind: ReplyKind,
    _ transfer: () async throws(PostgresError) -> Result<Int, PostgresError>
  ) async throws(PostgresError) -> Int {
    try await outOfPipeline(patience: .eachWait(options.answerTimeout)) { () async throws(PostgresError) in
      if let refusal = try await startCopy(sql, expecting: kind) { return .failure(refusal) }
      return try await transfer()
    }
  }

  /// Nil when the stream may begin, else the server's refusal.
  private func startCopy(
    _ sql: PostgresSQL, expecting kind: ReplyKind
  ) async throws(PostgresError) -> PostgresError? {
    try await sendSimple(sql)
    guard let result = try await nextSimpleResult() else { throw lost }
    defer { result.clear() }
    guard result.kind != kind else { return nil }
    guard result.kind == .failure else { throw lost }
    try await drainCopyResults()
    return .server(result.serverError)
  }

  // MARK: In

  func writeCopy(_ bytes: ArraySlice<UInt8>) async throws(PostgresError) {
    guard state.phase == .outOfPipeline else { throw .closed }
    var rest = bytes
    while !rest.isEmpty {
      let piece = rest.prefix(Self.copyPieceBytes)
      switch connection.putCopyData(piece) {
      case .done: rest = rest.dropFirst(piece.count)
      case .pending: break
      case .failed: throw lost
      }
      try await flushSimple()
    }
  }

  private func endCopyIn(failure: String?) async throws(PostgresError) {
    while true {
      switch connection.putCopyEnd(failure: failure) {
      case .done: return try await flushSimple()
      case .pending: try await flushSimple()
      case .failed: throw lost
      }
    }
  }

  // MARK: Out

  private func readCopy(_ body: ([UInt8]) async throws(PostgresError) -> Void) async throws(PostgresError) {
    var rows: [UInt8] = []
    while true {
      switch connection.takeCopyData(into: &rows) {
      case .row:
        guard rows.count >= Self.copyPieceBytes else { continue }
        try await body(rows)
        rows.removeAll(keepingCapacity: true)
      case .pending:
        _ = try await waitOutOfPipeline(.readable)
        guard connection.consumeInput() else { throw lost }
      case .ended:
        if !rows.isEmpty { try await body(rows) }
        return
      case .failed: throw lost
      }
    }
  }

  // MARK: Results

  /// The server's last word on the COPY: the number of rows, or its error.
  private func copyVerdict() async throws(PostgresError) -> Result<Int, PostgresError> {
    guard let result = try await nextSimpleResult() else { throw lost }
    defer { result.clear() }
    let verdict: Result<Int, PostgresError>
    switch result.kind {
    case .success: verdict = .success(result.affectedRows)
    case .failure: verdict = .failure(.server(result.serverError))
    case .skipped, .sync, .copyIn, .copyOut, .broken: throw lost
    }
    try await drainCopyResults()
    return verdict
  }

  private func drainCopyResults() async throws(PostgresError) {
    while let result = try await nextSimpleResult() {
      let kind = result.kind
      result.clear()
      guard kind != .broken, kind != .copyIn, kind != .copyOut else { throw lost }
    }
  }
}
