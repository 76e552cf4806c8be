// Numbers are kept as they were spelt, and those that are whole and small enough are integers.
import Testing

@testable import JSON

struct JSONNumberTests {
  private func number(_ text: String) throws -> JSONNumber? {
    guard case .number(let number) = try JSONValue(parsing: Array(text.utf8)) else { return nil }
    return number
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9007199254740993", 9_007_199_254_740_993), ("10", 10),
      ("999999999999999999", 999_999_999_999_999_999),
    ] as [(String, Int64)])
  func `an integer of 64 bits is exact`(text: String, value: Int64) throws {
    let number = try #require(try number(text))
    #expect(number.int64 == value)
    #expect(number.isInteger)
    #expect(number.text == text)
  }

  @Test(arguments: [
    "9223372036854775808", "-9223372036854775809", "9999999999999999999", "18446744073709551615",
    "18446744073709551616", "18446744073709551617", "-18446744073709551617", "36893488147419103233",
    "100000000000000000000000000000000000000000000000000000000000000",
  ])
  func `a larger integer is an integer without a value`(text: String) throws {
    let number = try #require(try number(text))
    #expect(number.int64 == nil)
    #expect(number.isInteger)
    #expect(number.text == text)
  }

  @Test(arguments: [
    "1.0", "0.5", "-0.0", "1e3", "1E0", "10e-1", "1.5e+300", "1e400", "1e-400", "0e0", "1e0400",
  ])
  func `a fraction or an exponent makes it no integer`(text: String) throws {
    let number = try #require(try number(text))
    #expect(number.int64 == nil)
    #expect(!number.isInteger)
    #expect(number.text == text)
  }

  @Test func `exponents and lengths are limited`() throws {
    for text in ["1e401", "1e-401", "1e99999999999999999999999999", "0e401"] {
      #expect(throws: JSONError(.exponentTooLarge, at: 0)) { try number(text) }
    }
    let longest = String(repeating: "1", count: 64)
    #expect(try number(longest)?.text == longest)
    #expect(throws: JSONError(.numberTooLong, at: 0)) { try number(longest + "1") }
    #expect(throws: JSONError(.numberTooLong, at: 0)) {
      try number("0." + String(repeating: "0", count: 63))
    }
  }
}
