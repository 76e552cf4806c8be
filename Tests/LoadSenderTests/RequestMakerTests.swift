// What a load asks for.
import Testing

@testable import LoadSender

@Suite struct RequestMakerTests {
  private static func paths(_ subject: LoadSubject, count: Int = 200) -> [String] {
    var maker = RequestMaker(subject, seed: 7)
    return (0..<count).map { _ in
      maker.next()
      return String(decoding: maker.path, as: UTF8.self)
    }
  }

  @Test func `a page is the top of one board, of one among many, or lies anywhere on it`() {
    #expect(Set(Self.paths(.pages(types: nil))) == ["/points/leaderboard?limit=100"])
    let ofTypes = Set(Self.paths(.pages(types: 3)))
    #expect(ofTypes == Set((0..<3).map { "/points/leaderboard?limit=100&pointType=type-00\($0)" }))
    let anywhere = Self.paths(.pages(types: nil, offsets: 4))
    #expect(Set(anywhere) == Set((0..<4).map { "/points/leaderboard?limit=100&offset=\($0)" }))
    let both = Self.paths(.pages(types: 1_000, offsets: 9_900))
    let form = /\/points\/leaderboard\?limit=100&offset=\d+&pointType=type-\d{3}/
    #expect(both.allSatisfy { $0.wholeMatch(of: form) != nil })
    #expect(Set(both).count > 190, "they hardly ever meet")
  }

  @Test func `members are drawn from all that there are, and awards have keys of their own`() {
    let members = Set(Self.paths(.balances(members: 5)))
    #expect(members == Set((0..<5).map { "/points/balance?userId=member-000000\($0)" }))
    var maker = RequestMaker(.awards(members: 2, behind: 7), seed: 1)
    var keys: Set<[UInt8]> = []
    for _ in 0..<100 {
      maker.next()
      keys.insert(maker.idempotencyKey)
      let body = String(decoding: maker.body, as: UTF8.self)
      #expect(body.contains(/"member-000000[78]"/), "\(body)")
    }
    #expect(keys.count == 100)
  }
}
