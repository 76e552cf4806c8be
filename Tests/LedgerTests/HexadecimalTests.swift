// Numbers as digits: one text for each number, and one number for each text.
import TestSupport
import Testing

@testable import Ledger

struct HexadecimalTests {
  private func number(_ text: String) -> UInt64? {
    let bytes = Array(text.utf8)
    return UInt64(hexadecimal: bytes.span)
  }

  @Test func `a number has sixteen digits in lower case, and comes back from them`() {
    #expect(UInt64(0).hexadecimal == "0000000000000000")
    #expect(UInt64(0x0123_4567_89AB_CDEF).hexadecimal == "0123456789abcdef")
    var random = SeededGenerator.forThisRun()
    for value in [0, 1, .max] + (0..<500).map({ _ in random.next() }) {
      #expect(number(value.hexadecimal) == value)
    }
  }

  @Test func `fewer digits are the lowest ones`() {
    var bytes: [UInt8] = []
    bytes.append(hexadecimal: 0x1_00FF_00AA, digits: 8)
    #expect(String(decoding: bytes, as: UTF8.self) == "00ff00aa")
    #expect(number("00ff00aa") == 0xFF_00AA)
  }

  @Test(arguments: [
    "", "A", "0F", "g", "/", ":", "`", "@", "0x1", "-1", " 1", "1 ", "00000000000000000", "é",
  ])
  func `what is not written so is no number`(text: String) {
    #expect(number(text) == nil)
  }
}
