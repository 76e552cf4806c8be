// One connection to Postgres, in pipeline mode on a loop: statements of a turn leave together at its end,
// answers are matched to them in order. Whatever breaks that order closes the session; it never guesses.
//
// Loop thread only, hence `@unchecked Sendable` and `preconditionInside()` at the doors.
package import EventLoop

/// The owner of a session is told when it has ended, once, whatever the reason.
protocol PostgresSessionOwner: AnyObject {
  func sessionClosed(_ session: PostgresSession, _ error: PostgresError)
}

/// A session with a Postgres server.
@usableFromInline
package final class PostgresSession: @unchecked Sendable {
  typealias Waiter = SessionWaiter

  /// Postgres 14, as `server_version_num` has it: the first with pipelining and the statistics we read.
  package static var oldestServer: Int32 { 140_000 }
  /// Statements that share one sync. The server answers a
  /// group at its end, so a larger one would only wait longer.
  static var sharedGroupLimit: Int { 64 }

  package let loop: EventLoop
  package let options: PostgresConnectionOptions
  let connection: LibpqConnection
  weak var owner: (any PostgresSessionOwner)?
  var state = SessionState()
  var watch: DescriptorWatch?
  var replies = ReplyQueue<Waiter, LibpqResult>()
  var prepared = PreparedStatements()
  var openGroup = OpenGroup.none
  /// Whether every statement of the unit being sent went into libpq's buffer.
  var isUnitSent = true
  /// A `PostgresTransaction` has sent its BEGIN and not yet seen its end.
  var hasOpenTransaction = false
  var timer = EarliestDeadline()
  var isFlushScheduled = false
  /// Waits for the handshake, or for the socket out of pipeline mode.
  var socketWaiter: OneShot<SocketEvent>?
  var patience = Patience.eachWait(.zero)
  var socketDeadline: MonotonicInstant?
  var scratch = PostgresParameters()
  package internal(set) var statistics = PostgresSessionStatistics()

  /// What was sent since the last sync.
  enum OpenGroup {
    case none
    case shared(Int)
    /// A unit is complete but for its sync, which leaves at the end of the turn or before the next command.
    case unit
  }

  enum SocketEvent: Sendable {
    case ready(Readiness)
    case timedOut
    case closed(PostgresError)
  }

  init(_ connection: LibpqConnection, options: PostgresConnectionOptions, on loop: EventLoop) {
    self.connection = connection
    self.options = options
    self.loop = loop
  }

  deinit {
    precondition(state.isClosed, "A Postgres session was dropped without being closed.")
  }

  // MARK: What others ask

  package var isReady: Bool { state.isReady }
  /// `server_version_num`, such as 150002.
  package internal(set) var serverVersion: Int32 = 0
  package var notices: PostgresNotices { connection.notices }
  /// Answers that are still to come, syncs included.
  package var inFlight: Int { replies.count }

  /// No answer is outstanding and no transaction is open: the next user finds the session as new.
  package var isPristine: Bool {
    state.isReady && replies.isEmpty && connection.isOutsideTransaction
  }

  /// Ends the session; whoever still waits for an answer gets an error.
  package func close() {
    loop.preconditionInside()
    end(.closed, saysGoodbye: replies.isEmpty && state.isReady)
  }

  // MARK: The end

  /// The connection cannot be trusted any more.
  func fail(_ error: PostgresError) {
    end(error, saysGoodbye: false)
  }

  private func end(_ error: PostgresError, saysGoodbye: Bool) {
    guard state.close(error) else { return }
    watch?.close()
    watch = nil
    timer.cancel(on: loop)
    let leftovers = replies.removeAll()
    connection.finish(saysGoodbye: saysGoodbye)
    socketWaiter?.fulfil(.closed(error))
    answer(leftovers, with: error)
    owner?.sessionClosed(self, error)
  }

  /// Everybody hears how it ended for them: the first one's own error if the server had sent it, "timed out"
  /// for those whose time was up, and for the others that the connection is gone.
  private func answer(_ leftovers: ReplyQueue<Waiter, LibpqResult>.Leftovers, with error: PostgresError) {
    var own = leftovers.failure.map { PostgresError.server($0.serverError) }
    leftovers.failure?.clear()
    for result in leftovers.results { result.clear() }
    for (waiter, deadline) in leftovers.waiters {
      waiter.resume(.failed(own.take() ?? verdict(on: deadline, error)))
    }
  }

  private func verdict(on deadline: MonotonicInstant, _ error: PostgresError) -> PostgresError {
    switch error {
    case .timedOut where deadline > loop.now:
      .connectionLost(reason: "closed, for an earlier answer was overdue")
    case .closed: .connectionLost(reason: "the session was closed")
    case _: error
    }
  }
}

/// Counters of one session.
package struct PostgresSessionStatistics: Sendable {
  package internal(set) var statements = 0
  /// Syncs sent: each is one round trip.
  package internal(set) var roundTrips = 0
}
