// Whether a run may go on, under a clock that is only a number.
import EventLoop
import Jobs
import Testing

@Suite struct RunWatchTests {
  private static func at(_ seconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
  }

  private static func watch() -> RunWatch {
    RunWatch(askedAt: at(100), lease: .seconds(10), longest: .seconds(60))
  }

  @Test func `a run goes on as long as its lease is prolonged in time`() {
    var watch = Self.watch()
    var endings: [RunWatch.Ending?] = []
    for second in stride(from: Int64(101), to: 159, by: 9) {
      watch.answered(isOurs: true, askedAt: Self.at(second))
      endings.append(watch.look(at: Self.at(second + 1)))
    }
    #expect(endings.count > 5 && endings.allSatisfy { $0 == nil })
  }

  @Test func `without an answer the lease counts as lost when it may have passed on`() {
    var watch = Self.watch()
    let before = watch.look(at: Self.at(109))
    #expect(before == nil)
    let after = watch.look(at: Self.at(110))
    #expect(after == .lost)
    // An answer that comes later changes nothing: somebody may have begun in between.
    watch.answered(isOurs: true, askedAt: Self.at(111))
    let late = watch.look(at: Self.at(112))
    #expect(late == .lost)
  }

  @Test func `an answer counts from when it was asked for and not from when it came`() {
    var watch = Self.watch()
    watch.answered(isOurs: true, askedAt: Self.at(105))
    let before = watch.look(at: Self.at(114))
    let after = watch.look(at: Self.at(115))
    #expect(before == nil && after == .lost)
  }

  @Test func `a lease that another has is lost at once`() {
    var watch = Self.watch()
    watch.answered(isOurs: false, askedAt: Self.at(101))
    let ending = watch.look(at: Self.at(101))
    #expect(ending == .lost)
  }

  @Test func `a run that takes too long must stop although its lease is held`() {
    var watch = Self.watch()
    watch.answered(isOurs: true, askedAt: Self.at(159))
    let before = watch.look(at: Self.at(159))
    let after = watch.look(at: Self.at(160))
    #expect(before == nil && after == .tooLong)
    let later = watch.look(at: Self.at(500))
    #expect(later == .tooLong)
  }
}
