// Who may have how many questions asked about keys that nobody knows.
import EventLoop
import Testing

@testable import API

@Suite struct QuestionAllowanceTests {
  private static let start = MonotonicInstant(nanoseconds: 5_000_000_000)

  @Test func `one place has three quarters of the second's questions`() {
    var allowance = QuestionAllowance(eachSecond: 1000)
    let taken = (0..<2000).filter { _ in allowance.take(for: "192.0.2.1", Self.start) }.count
    let later = (0..<2000).filter { _ in allowance.take(for: "192.0.2.1", Self.start + .seconds(1)) }.count
    #expect(taken == 750 && later == 750)
  }

  @Test func `what is left belongs to places that have not asked their own`() {
    var allowance = QuestionAllowance(eachSecond: 1000)
    for _ in 0..<2000 { _ = allowance.take(for: "192.0.2.1", Self.start) }
    let taken = (0..<100).filter { _ in allowance.take(for: "192.0.2.2", Self.start) }.count
    let again = allowance.take(for: "192.0.2.1", Self.start)
    #expect(taken == 15 && !again)
  }

  @Test func `many places together have no more than all, and are forgotten with the second`() {
    var allowance = QuestionAllowance(eachSecond: 1000)
    let taken = (0..<5000).filter { allowance.take(for: "place \($0)", Self.start) }.count
    #expect(taken == 1000 && allowance.placeCount == 1000)
    let next = allowance.take(for: "place", Self.start + .seconds(1))
    #expect(next && allowance.placeCount == 1)
  }

  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "::ffff:192.0.2.7"), ("", ""),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"), ("2001:db8:1:2::6", "2001:db8:1:2"),
    ("2001:db8::3:4:5:6", "2001:db8:0:0"), ("2001:db8::1", "2001:db8:0:0"), ("2001::2:3:4:5:6", "2001:0:0:2"),
    ("::1", "0:0:0:0"), ("fe80::", "fe80:0:0:0"),
  ])
  func `an IPv6 network counts as one place`(host: String, place: String) {
    #expect(QuestionAllowance.place(of: host) == place)
  }
}
