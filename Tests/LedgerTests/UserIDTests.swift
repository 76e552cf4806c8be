// Users are told apart by the bytes of their ids.
import Ledger
import Testing

@Suite struct UserIDTests {
  private let composed = UserID(stored: "caf\u{E9}")
  private let decomposed = UserID(stored: "cafe\u{301}")

  @Test func `two spellings of one letter are two users`() {
    #expect(composed.text == decomposed.text, "Swift takes them for equal, which is the trap.")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect([composed: 1, decomposed: 2] == [decomposed: 2, composed: 1])
  }

  @Test func `equal bytes are one user, wherever the text came from`() {
    let other = UserID(stored: ["ca", "fé"].joined())
    #expect(other == composed && other.hashValue == composed.hashValue)
    #expect(!(other < composed) && !(composed < other))
  }

  @Test func `the order is that of the bytes`() {
    // Neither a dictionary's order nor that of UTF-16, where the last two are the other way round.
    let ids = ["A", "B", "Z", "a", "aa", "cafe\u{301}", "caf\u{E9}", "z", "\u{FF5E}", "\u{1F600}"]
      .map { UserID(stored: $0) }
    #expect(ids.shuffled().sorted() == ids)
    #expect(ids == ids.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) })
  }

  @Test func `an id has 1 to 128 bytes`() {
    #expect(UserID("") == nil)
    #expect(UserID("a")?.text == "a")
    #expect(UserID(String(repeating: "é", count: 64)) != nil)
    #expect(UserID(String(repeating: "é", count: 64) + "a") == nil)
    #expect(UserID(String(repeating: "a", count: 129)) == nil)
  }

  @Test(arguments: ["\0", "a\n", "\u{1F}a", "\u{7F}", "a\u{80}b", "\u{9F}"])
  func `control characters are no part of an id`(text: String) {
    #expect(UserID(text) == nil)
  }

  @Test(arguments: ["a b", "~", "\u{A0}", "user:123@example.org", "名前", "\u{200D}"])
  func `any other text is an id`(text: String) {
    #expect(UserID(text)?.description == text)
  }
}
