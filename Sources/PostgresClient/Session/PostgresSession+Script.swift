// Scripts: files of many statements, such as a migration. The pipeline takes one statement at a time, so a
// script leaves it and is sent whole.
import EventLoop

extension PostgresSession {
  /// Runs all statements of the file, in order. Outside a transaction the server treats them as one: the
  /// first error undoes those before it. Rows they return are dropped. An error of the server leaves the
  /// session as it was; when the limit passes or anything else goes wrong, the session is closed.
  package func run(
    script: PostgresSQL, within limit: Duration? = nil
  ) async throws(PostgresError) {
    let end = loop.now + (limit ?? options.answerTimeout)
    try await outOfPipeline(patience: .allTogether(until: end)) { () async throws(PostgresError) in
      try await sendSimple(script)
      var outcome = Result<Void, PostgresError>.success(())
      while let result = try await nextSimpleResult() {
        defer { result.clear() }
        switch result.kind {
        case .success: break
        case .failure: outcome = .failure(.server(result.serverError))
        // A COPY in a script would wait for rows that nobody has.
        case .skipped, .sync, .copyIn, .copyOut, .broken: throw lost
        }
      }
      return outcome
    }
  }
}

extension PostgresTransaction {
  /// Runs a script inside the transaction.
  package func run(
    script: PostgresSQL, within limit: Duration? = nil
  ) async throws(PostgresError) {
    try await begin()
    try await session.run(script: script, within: limit)
  }
}
