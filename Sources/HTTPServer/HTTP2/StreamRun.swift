// What a task that works for a stream holds on to.

/// Carries a stream into its task, which never leaves the connection's loop.
struct StreamRun: AnswerTaker, @unchecked Sendable {
  let connection: HTTP2Connection
  let stream: HTTP2Stream

  func take(_ response: HTTPResponse, to exchange: HTTPExchange) {
    connection.finish(response, on: stream)
  }
}
