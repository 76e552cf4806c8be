// Members of equal score are listed by the bytes of their names.
import Boards
import Testing

@Suite struct BoardMemberTests {
  @Test func `earlier members come first, then lesser ids`() {
    let members = [
      BoardMember(reachedAt: 0, user: [0xFF]), BoardMember(reachedAt: 255, user: [0x61]),
      BoardMember(reachedAt: 255, user: [0x61, 0x61]), BoardMember(reachedAt: 255, user: [0x62]),
      BoardMember(reachedAt: 256, user: [0x20]), BoardMember(reachedAt: .max, user: [0x20]),
    ]
    for (first, second) in zip(members, members.dropFirst()) {
      #expect(first.bytes.lexicographicallyPrecedes(second.bytes))
    }
  }

  @Test func `a member is read as it was written, and nothing else is a member`() {
    let member = BoardMember(reachedAt: 1_700_000_000_123_456, user: Array("ü \"'\\".utf8))
    #expect(BoardMember(member.bytes) == member)
    #expect(BoardMember([]) == nil)
    #expect(BoardMember(Array(repeating: 0, count: 8)) == nil)
    #expect(BoardMember(Array(repeating: 0x80, count: 9)) == nil)
  }
}
