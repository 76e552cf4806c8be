// The life of a session. A value without I/O: what may follow what is decided and tested here.

/// Where a session is in its life.
struct SessionState {
  enum Phase: Equatable {
    /// The handshake is under way; nothing can be asked. Becomes `ready` or `closed`.
    case connecting
    /// In pipeline mode. Becomes `outOfPipeline` when no answer is outstanding, or `closed`.
    case ready
    /// Out of pipeline mode for one COPY or script; nothing else can be asked. Becomes `ready` or `closed`.
    case outOfPipeline
    /// For good; says why.
    case closed(PostgresError)
  }

  private(set) var phase = Phase.connecting

  var isReady: Bool { phase == .ready }

  var isClosed: Bool {
    if case .closed = phase { true } else { false }
  }

  mutating func connected() {
    precondition(phase == .connecting, "Only a session that connects can become connected.")
    phase = .ready
  }

  mutating func leavePipeline(isIdle: Bool) throws(PostgresError) {
    try requireReady()
    guard isIdle else { throw .sessionBusy }
    phase = .outOfPipeline
  }

  mutating func resumePipeline() {
    if phase == .outOfPipeline { phase = .ready }
  }

  /// Whether this call closed it.
  mutating func close(_ error: PostgresError) -> Bool {
    guard !isClosed else { return false }
    phase = .closed(error)
    return true
  }

  /// Throws what keeps a statement from being sent now.
  func requireReady() throws(PostgresError) {
    switch phase {
    case .ready: return
    case .connecting, .outOfPipeline: throw .sessionBusy
    case .closed: throw .closed
    }
  }
}
