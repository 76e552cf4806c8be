// A server and a client of it for the time of a test.
import EventLoop
import Testing

@testable import PointsClient

/// Runs the body with a client of a server that follows the script, and ends both.
func withClient<Value>(
  options: ClientOptions = .quick, clock: LoopClock = .system, script: @escaping ScriptedServer.Script,
  _ body: (PointsClient, ScriptedServer) async throws -> Value
) async throws -> Value {
  let server = ScriptedServer(script)
  defer { server.stop() }
  let client = try PointsClient(url: server.url, key: "pts_test", options: options, clock: clock)
  do {
    let value = try await body(client, server)
    await client.shutdown()
    return value
  } catch {
    await client.shutdown()
    throw error
  }
}

/// The same with a server that answers every request.
func withClient<Value>(
  options: ClientOptions = .quick, answering answer: @escaping @Sendable (ReceivedRequest) -> String,
  _ body: (PointsClient, ScriptedServer) async throws -> Value
) async throws -> Value {
  try await withClient(
    options: options,
    script: { connection in
      while let request = connection.readRequest() { connection.write(answer(request)) }
    }, body)
}

extension ClientOptions {
  /// Pauses that a test does not notice.
  static var quick: ClientOptions { quick(.automatic) }

  static func quick(_ version: ProtocolVersion) -> ClientOptions {
    patient(version, retry: RetryPolicy(firstPause: .milliseconds(1), longestPause: .milliseconds(2)))
  }

  /// Time-outs that no busy machine reaches.
  static func patient(_ version: ProtocolVersion, retry: RetryPolicy = .never) -> ClientOptions {
    ClientOptions(
      protocolVersion: version, connectTimeout: .seconds(60), requestTimeout: .seconds(60),
      callTimeout: .seconds(120), retry: retry)
  }
}

extension ProtocolVersion {
  /// For what holds whatever is spoken.
  static let both: [ProtocolVersion] = [.http1, .http2]
}

/// The error that the body ends with.
func pointsError(
  _ body: () async throws(PointsError) -> some Any, sourceLocation: SourceLocation = #_sourceLocation
) async -> PointsError? {
  do throws(PointsError) {
    _ = try await body()
    Issue.record("The call went well.", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}
