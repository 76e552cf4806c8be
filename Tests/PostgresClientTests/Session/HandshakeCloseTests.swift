// A session that is closed in the middle of its handshake.
import EventLoop
import TestSupport
import Testing

@testable import PostgresClient

struct HandshakeCloseTests {
  /// The socket speaks and the session is closed in the same turn, so the task of the handshake goes on when
  /// libpq's connection is freed already.
  @Test func `a handshake whose socket spoke just before the close ends without touching the connection`()
    async throws
  {
    let error = try await onNewLoop { loop -> PostgresError? in
      let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
      let listener = try Listener(on: address, loop: loop) { $0.refuse(with: []) }
      defer { listener.close() }
      let url = "postgresql://u@127.0.0.1:\(listener.address.port)/d"
      let options = try TestDatabase.options(url, application: "handshake")
      let held = Held()
      let outcome = OneShot<PostgresError?>()
      loop.spawn {
        outcome.fulfil(
          await postgresError { () throws(PostgresError) in
            _ = try await PostgresSession.connect(options, attempt: 0, on: loop) { held.session = $0 }
          })
      }
      held.session?.descriptorReady(.writable)
      held.session?.close()
      return await outcome.value()
    }
    #expect(error == .closed)
  }
}

/// The session as soon as it exists; loop thread only.
private final class Held: @unchecked Sendable {
  var session: PostgresSession?
}
