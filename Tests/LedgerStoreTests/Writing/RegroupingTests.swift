// How long a lane waits for those whom it has answered.
import EventLoop
import Testing

@testable import LedgerStore

@Suite struct RegroupingTests {
  private let now = MonotonicInstant(nanoseconds: 1_000_000)
  private let end = MonotonicInstant(nanoseconds: 3_000_000)

  @Test func `nobody is waited for before the first answer`() {
    #expect(Regrouping().isOver(waiting: 1, at: now))
  }

  @Test func `all who were answered are waited for, beside those who wait already, until the end`() {
    var regrouping = Regrouping()
    regrouping.begin(answered: 16, waiting: 5, until: end)
    #expect(!regrouping.isOver(waiting: 20, at: now))
    #expect(regrouping.isOver(waiting: 21, at: now))
    #expect(regrouping.isOver(waiting: 6, at: end))
  }

  @Test func `who does not come back is not waited for any more, until some come again`() {
    var regrouping = Regrouping()
    for _ in 0..<3 {
      regrouping.begin(answered: 16, waiting: 1, until: end)
      regrouping.finish(waiting: 1)
    }
    regrouping.begin(answered: 16, waiting: 1, until: end)
    #expect(regrouping.isOver(waiting: 1, at: now))
    for _ in 0..<6 { regrouping.finish(waiting: 1_000) }
    regrouping.begin(answered: 16, waiting: 1, until: end)
    #expect(!regrouping.isOver(waiting: 16, at: now))
  }
}
