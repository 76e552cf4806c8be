// Random bytes, and the texts that bytes are written as.
import Cryptography
import Testing

@Suite struct SecretsTests {
  @Test func `random bytes are as many as asked for, and never the same`() {
    #expect(RandomBytes.make(0).isEmpty)
    let made = (0..<100).map { _ in RandomBytes.make(32) }
    #expect(Set(made).count == 100)
    #expect(made.allSatisfy { $0.count == 32 })
    // Every bit falls both ways in 3,200 bytes, or something is very wrong.
    #expect(Set(made.joined()).count > 250)
  }

  @Test func `hexadecimal text of bytes`() {
    #expect(Hexadecimal.text(of: [0, 1, 0x9A, 0xBC, 0xFF]) == "00019abcff")
    #expect(Hexadecimal.text(of: []).isEmpty)
  }

  /// RFC 4648, section 10, without the padding.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"),
  ])
  func `base64 has the published texts`(plain: String, text: String) {
    #expect(Base64URL.text(of: Array(plain.utf8)) == text)
    #expect(Base64URL.bytes(of: text) == Array(plain.utf8))
  }

  @Test func `base64 for URLs has a dash and a low line, and one text for each content`() {
    #expect(Base64URL.text(of: [0xFB, 0xFF, 0xFE]) == "-__-")
    for wrong in ["Z", "Zg=", "Zg==", "Zh", "Zm9", "+__-", "-//-", "Zm9v\n", "Zm 9"] {
      #expect(Base64URL.bytes(of: wrong) == nil, "\(wrong)")
    }
  }

  @Test func `32 random bytes come back from their text`() {
    for _ in 0..<50 {
      let bytes = RandomBytes.make(32)
      let text = Base64URL.text(of: bytes)
      #expect(text.utf8.count == 43 && Base64URL.bytes(of: text) == bytes)
    }
  }
}
