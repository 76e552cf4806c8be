// The order in which a continuous verifier goes over all types, and what counts as all of them.
import Boards
import Ledger
import Testing
import Verification

struct SampleWalkTests {
  private static let types = (1...3).map { number in
    PointType(
      id: PointTypeID(UUIDBits(high: 0, low: UInt64(number))), name: "type-\(number)", displayName: "",
      description: nil, isEnabled: true, minAmount: nil, maxAmount: nil,
      createdAt: Instant(microseconds: 0), updatedAt: Instant(microseconds: 0))
  }

  private static func user(_ text: String) -> UserID { UserID(stored: text) }

  @Test func `a pass is over when every type was walked over from beginning to end`() {
    let types = Self.types
    var walk = SampleWalk()
    _ = walk.type(among: types)
    walk.begin(after: Self.user("m"))
    var passes: [Int] = []
    for step in 1...10 {
      _ = walk.type(among: types)
      if walk.advance(nil, isEnd: true, types: types) { passes.append(step) }
    }
    // The first walk began in the middle, so its type is walked over once more.
    #expect(passes == [4, 7, 10])
  }

  @Test func `a walk from the first user on counts from the first time`() {
    let types = Self.types
    var walk = SampleWalk()
    _ = walk.type(among: types)
    walk.begin(after: nil)
    var passes: [Int] = []
    for step in 1...6 where walk.advance(nil, isEnd: true, types: types) { passes.append(step) }
    #expect(passes == [3, 6])
  }

  @Test func `a type that was left goes on where it was, after all others`() {
    let types = Self.types
    var walk = SampleWalk()
    let first = walk.type(among: types)
    walk.begin(after: nil)
    let isPass = walk.advance(Self.user("k"), isEnd: false, types: types)
    #expect(!isPass)
    walk.skip(types: types)
    var others: [PointTypeID?] = []
    for _ in 0..<2 {
      others.append(walk.type(among: types)?.id)
      #expect(walk.last == nil && !walk.isAtRandom)
      let isPass = walk.advance(nil, isEnd: true, types: types)
      #expect(!isPass)
    }
    #expect(Set(others + [first?.id]) == Set(types.map(\.id)))
    let again = walk.type(among: types)
    #expect(again?.id == first?.id && walk.last == Self.user("k"))
    let isWhole = walk.advance(nil, isEnd: true, types: types)
    #expect(isWhole)
  }

  @Test func `a type that can never be looked at is not counted as looked at`() {
    let types = Self.types
    var walk = SampleWalk()
    _ = walk.type(among: types)
    walk.begin(after: nil)
    var passes = 0
    for _ in 0..<9 {
      if walk.type(among: types)?.id == types[1].id {
        walk.skip(types: types)
      } else if walk.advance(nil, isEnd: true, types: types) {
        passes += 1
      }
    }
    #expect(passes == 0)
  }
}
