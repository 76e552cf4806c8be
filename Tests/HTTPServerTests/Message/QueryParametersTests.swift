// The query, decoded strictly: what could be read in two ways is refused.
import Testing

@testable import HTTPServer

struct QueryParametersTests {
  private func query(_ text: String) throws -> QueryParameters {
    try request("GET /?\(text)").query
  }

  @Test(arguments: [
    ("a=b", "b"), ("x=1&a=b&y=2", "b"), ("a", ""), ("a=", ""), ("a=b=c", "b=c"), ("a=b+c%20d", "b c d"),
    ("%61=b", "b"), ("&&a=b&", "b"), ("a=%C3%A9", "é"), ("a=%2B%26%3D", "+&="), ("a=%c3%a9", "é"),
    ("a=?/", "?/"),
  ])
  func `a parameter is found and decoded`(text: String, value: String) throws {
    #expect(try query(text).string("a") == value)
  }

  @Test func `a parameter that was not given is nothing`() throws {
    #expect(try query("b=1&aa=2&A=3").string("a") == nil)
    #expect(try request("GET /").query.string("a") == nil)
  }

  @Test(arguments: ["a=1&a=1", "a=1&a=2", "a&%61=2", "a=1&b=2&a"])
  func `a parameter given twice is refused`(text: String) throws {
    let query = try query(text)
    #expect(throws: RequestError.parameterRepeated("a")) { try query.string("a") }
  }

  @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=b%4", "a=%%41", "a=%+1"])
  func `a bad escape is refused`(text: String) throws {
    let query = try query(text)
    #expect(throws: RequestError.badEscape(in: "the parameter \"a\"")) { try query.string("a") }
  }

  @Test func `an escaped NUL and bytes that are not UTF-8 are refused`() throws {
    let withNUL = try query("a=b%00")
    #expect(throws: RequestError.escapedNUL(in: "the parameter \"a\"")) { try withNUL.string("a") }
    for bad in ["%FF", "%C3", "%C0%80", "%ED%A0%80", "%F5%80%80%80"] {
      let query = try query("a=\(bad)")
      #expect(throws: RequestError.notUTF8(in: "the parameter \"a\"")) { try query.string("a") }
    }
  }

  @Test func `a bad name is refused whoever is asked for`() throws {
    let query = try query("%zz=1&a=2")
    #expect(throws: RequestError.badEscape(in: "the name of a parameter")) { try query.string("a") }
  }

  @Test(arguments: [
    ("0", 0), ("7", 7), ("-1", -1), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
  ])
  func `integers are read over their whole range`(text: String, value: Int64) throws {
    #expect(try QueryParameters.int64(text, of: "a") == value)
  }

  @Test(arguments: [
    "", "+", "-", "+1", "01", "00", "-01", "1.0", "1e3", "0x1", "9223372036854775808", "1 ", "a",
  ])
  func `what is not one spelling of an integer is refused`(text: String) throws {
    #expect(throws: RequestError.parameterInvalid("a", expected: "an integer of 64 bits")) {
      try QueryParameters.int64(text, of: "a")
    }
  }

  @Test func `bounds are checked and told`() throws {
    #expect(try QueryParameters.int64("101", of: "a", in: 1...101) == 101)
    #expect(throws: RequestError.parameterInvalid("a", expected: "an integer from 1 to 100")) {
      try QueryParameters.int64("101", of: "a", in: 1...100)
    }
  }

  @Test func `truth values are spelt out`() throws {
    #expect(try QueryParameters.bool("true", of: "a"))
    #expect(try !QueryParameters.bool("false", of: "a"))
    for bad in ["", "1", "True", "yes"] {
      #expect(throws: RequestError.parameterInvalid("a", expected: "true or false")) {
        try QueryParameters.bool(bad, of: "a")
      }
    }
  }

  @Test func `a parameter that nobody asked for is told by its name`() throws {
    let query = try query("a=1&%62=2")
    #expect(try query.place(of: "b") == 1)
    #expect(try query.unknown(at: 1) == .parameterUnknown("b"))
  }
}
