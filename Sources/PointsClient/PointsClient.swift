// The client of the Points service, for any Swift program: its methods suspend and never block, whatever
// executor they are called from. The work is done on one thread of the client's own, which ends with it.
package import EventLoop

/// A client of the Points service.
///
/// ```swift
/// let points = try PointsClient(url: "http://127.0.0.1:8080", key: "pts_...")
/// try await points.award(userID: "123", amount: 10, reason: "Event participation")
/// let balance = try await points.balance(userID: "123")
/// ```
///
/// One client serves any number of tasks; make one and keep it. `shutdown()` ends it in order; a client that
/// is dropped ends by itself.
public final class PointsClient: Sendable {
  let transport: Transport
  let options: ClientOptions

  /// A client for the service at `url`, which is `http://host:port` and may have a path behind it. Nothing is
  /// connected before the first call. The key is sent as `Authorization: Bearer`.
  public convenience init(
    url: String, key: String, options: ClientOptions = ClientOptions()
  ) throws(PointsError) {
    try self.init(url: url, key: key, options: options, clock: .system)
  }

  /// With a clock that a test can move.
  package init(url: String, key: String, options: ClientOptions, clock: LoopClock) throws(PointsError) {
    try options.check()
    guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .invalidArgument("An API key consists of visible ASCII characters.")
    }
    self.options = options
    transport = Transport(
      address: try ServiceAddress(url: url), key: key, options: options, clock: clock)
  }

  deinit {
    transport.end()
  }

  /// Ends the client: calls under way fail at once, connections are closed, the thread ends. Every later call
  /// fails with `PointsError.closed`.
  public func shutdown() async {
    await transport.shutdown()
  }
}
