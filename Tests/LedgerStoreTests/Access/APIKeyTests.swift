// What a key looks like.
import Cryptography
import LedgerStore
import Testing

@Suite struct APIKeyTests {
  @Test func `a key is made of its id and 32 random bytes, and none is like another`() throws {
    let key = APIKey()
    #expect(key.text.wholeMatch(of: /pts_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/) != nil)
    #expect(key.text.hasPrefix("pts_\(key.id)_"))
    #expect(key.text.utf8.count == APIKey.length)
    #expect(Set((0..<100).map { _ in APIKey().text }).count == 100)
  }

  @Test func `a presented key tells its id, also one that begins with zeros`() {
    let key = APIKey()
    #expect(id(key.text) == key.id)
    let zeros = "pts_00000000000000a1_" + String(repeating: "A", count: 43)
    #expect(id(zeros) == "00000000000000a1")
  }

  @Test func `what does not look like a key is none`() {
    let text = APIKey().text
    let odd = [
      "", "pts_", String(text.dropLast()), text + "A", "ptx_" + text.dropFirst(4),
      "pts_" + String(text.dropFirst(4)).replacing("_", with: "-", maxReplacements: 1),
      "pts_ABCDEF0123456789_" + String(repeating: "A", count: 43),
      "pts_ghijklmnopqrstuv_" + String(repeating: "A", count: 43),
    ]
    for one in odd { #expect(id(one) == nil, "\(one)") }
  }

  @Test func `printing a key does not show it`() {
    let key = APIKey()
    var dumped = ""
    dump(key, to: &dumped)
    #expect(!"\(key)\(String(reflecting: key))\(dumped)".contains(key.text.suffix(43)))
  }

  @Test func `roles are steps`() {
    #expect(Role.reader < .service && Role.service < .payouts && Role.payouts < .admin)
    #expect(Role.allCases.max() == .admin)
  }

  private func id(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return KeyID(inPresented: bytes.span)?.text
  }
}
