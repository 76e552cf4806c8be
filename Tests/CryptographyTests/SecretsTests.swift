// Random bytes, comparison, and the texts that bytes are written as.
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

  @Test func `bytes are equal when all are`() {
    #expect(ConstantTime.areEqual([], []))
    #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
    #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2]))
    for index in 0..<32 {
      var other = [UInt8](repeating: 7, count: 32)
      other[index] = 8
      #expect(!ConstantTime.areEqual(other, [UInt8](repeating: 7, count: 32)), "at \(index)")
    }
  }

  @Test func `hexadecimal text of bytes, and back`() {
    #expect(Hexadecimal.text(of: [0, 1, 0x9A, 0xBC, 0xFF]) == "00019abcff")
    #expect(Hexadecimal.bytes(of: "00019aBCff") == [0, 1, 0x9A, 0xBC, 0xFF])
    #expect(Hexadecimal.bytes(of: "") == [])
    for wrong in ["0", "0g", "é0", " 0", "+1", "0x"] {
      #expect(Hexadecimal.bytes(of: wrong) == nil, "\(wrong)")
    }
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

  @Test func `32 random bytes come back from either text`() {
    for _ in 0..<50 {
      let bytes = RandomBytes.make(32)
      #expect(Hexadecimal.bytes(of: Hexadecimal.text(of: bytes)) == bytes)
      let text = Base64URL.text(of: bytes)
      #expect(text.utf8.count == 43 && Base64URL.bytes(of: text) == bytes)
    }
  }
}
