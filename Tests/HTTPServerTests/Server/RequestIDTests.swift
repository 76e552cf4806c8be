// The digits of ids, which are made many at once from the bits of a number.
import Foundation
import TestSupport
import Testing

@testable import HTTPServer

@Suite struct RequestIDTests {
  @Test(
    arguments: [
      (0, 0, "000000000000000000000000"),
      (1, 0x0123_4567_89AB_CDEF, "000000010123456789abcdef"),
      (0xFEDC_BA98, .max, "fedcba98ffffffffffffffff"),
      (0x9A0F_A090, 0x0A00_0000_0000_00F9, "9a0fa0900a000000000000f9"),
    ] as [(UInt32, UInt64, String)])
  func `an id of ours is 24 digits`(worker: UInt32, number: UInt64, text: String) {
    #expect(RequestID.made(worker: worker, number: number).text == text)
  }

  @Test(arguments: TestRounds.generators(1))
  func `a number is written with as many of its last digits as are wanted`(generator: SeededGenerator) {
    var generator = generator
    for _ in 0..<1000 {
      let number = generator.next() >> UInt64.random(in: 0...63, using: &generator)
      for digits in 1...16 {
        var bytes: [UInt8] = []
        bytes.appendHexadecimal(number, digits: digits)
        let expected = String(format: "%016lx", number).suffix(digits)
        #expect(bytes == Array(expected.utf8))
      }
    }
  }
}
