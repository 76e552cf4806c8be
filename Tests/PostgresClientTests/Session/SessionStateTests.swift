// What may follow what in the life of a session.
import Testing

@testable import PostgresClient

@Suite struct SessionStateTests {
  @Test func `only a ready session can be asked`() {
    var state = SessionState()
    #expect(throws: PostgresError.sessionBusy) { try state.requireReady() }
    state.connected()
    #expect(throws: Never.self) { try state.requireReady() }
    _ = state.close(.timedOut)
    #expect(throws: PostgresError.closed) { try state.requireReady() }
  }

  @Test func `a COPY needs a session without outstanding answers, and has it alone`() throws {
    var state = SessionState()
    state.connected()
    var busy = state
    #expect(throws: PostgresError.sessionBusy) { try busy.leavePipeline(isIdle: false) }
    #expect(busy.isReady)
    try state.leavePipeline(isIdle: true)
    #expect(throws: PostgresError.sessionBusy) { try state.requireReady() }
    state.resumePipeline()
    #expect(state.isReady)
  }

  @Test func `a session closes once and never comes back`() {
    var state = SessionState()
    let first = state.close(.timedOut)
    let second = state.close(.closed)
    #expect(first)
    #expect(!second)
    state.resumePipeline()
    #expect(state.phase == .closed(.timedOut))
  }
}
