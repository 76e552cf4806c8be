// How far behind the mirrors are, as the follower tells it, also while it cannot know.
import BoardStore
import EventLoop
import Testing

@testable import Projection

@Suite struct FollowerStatusTests {
  private static func at(_ seconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
  }

  @Test func `what was written and not followed counts from when it was written`() {
    var status = FollowerStatus()
    status.note(holdsLease: true, at: Self.at(1))
    #expect(status.lagTime(at: Self.at(5)) == .zero)
    status.note(behindSince: Self.at(3), at: Self.at(6))
    #expect(status.lagTime(at: Self.at(7)) == .seconds(4))
    status.note(behindSince: nil, at: Self.at(8))
    #expect(status.lagTime(at: Self.at(9)) == .zero)
  }

  @Test func `while rounds fail it counts from the last that left nothing, and so at the begin`() {
    var status = FollowerStatus()
    status.note(holdsLease: true, at: Self.at(1))
    status.note(.mirror(.untrusted))
    #expect(status.lagTime(at: Self.at(5)) == .seconds(4))
    status.note(behindSince: nil, at: Self.at(6))
    status.note(.mirror(.untrusted))
    #expect(status.lagTime(at: Self.at(8)) == .seconds(2))
    status.note(behindSince: Self.at(2), at: Self.at(9))
    status.note(.mirror(.untrusted))
    #expect(status.lagTime(at: Self.at(9)) == .seconds(7))
  }

  @Test func `who does not follow knows of no lag`() {
    var status = FollowerStatus()
    status.note(holdsLease: true, at: Self.at(1))
    status.note(behindSince: Self.at(1), at: Self.at(2))
    status.note(holdsLease: false, at: Self.at(3))
    #expect(status.lagTime(at: Self.at(4)) == .zero)
  }
}
