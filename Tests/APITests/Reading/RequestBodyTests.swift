// A body is read field by field; every refusal names the field, and nothing unknown is let through.
import HTTPServer
import JSON
import Ledger
import Testing

@testable import API

struct RequestBodyTests {
  private func body(_ text: String) throws(Problem) -> RequestBody {
    try RequestBody(bytes: Array(text.utf8))
  }

  private func refusal(
    _ text: String, _ read: (inout RequestBody) throws(Problem) -> Void
  ) -> Refusal? {
    Refusal.of { () throws(Problem) in
      var body = try body(text)
      try read(&body)
    }
  }

  @Test func `a whole award is read`() throws {
    var body = try body(
      #"""
      {"userId":"u-1","amount":9223372036854775807,"reason":"a\nb","description":null,
       "metadata":{"b":1, "a":"\u0078"},"occurredAt":"2026-01-31T12:00:00Z","enabled":true}
      """#)
    #expect(try body.userID("userId") == UserID("u-1"))
    #expect(try body.amount("amount") == Int64.max)
    #expect(try body.optionalString("reason", bytes: 3) == "a\nb")
    #expect(try body.optionalString("description", bytes: 3) == nil)
    #expect(try body.optionalString("kind", bytes: 3) == nil)
    #expect(try body.optionalInstant("occurredAt") == Instant(microseconds: 1_769_860_800_000_000))
    #expect(try body.optionalBool("enabled") == true)
    let metadata = try #require(try body.optionalObject("metadata", bytes: 15))
    #expect(metadata.compactBytes == Array(#"{"b":1,"a":"x"}"#.utf8))
    #expect(metadata.canonicalBytes == Array(#"{"a":"x","b":1}"#.utf8))
    try body.finish()
  }

  @Test(arguments: ["", "[]", "null", "1", "\"{}\""])
  func `a body that is no object is refused`(text: String) {
    let refusal = refusal(text) { _ in }
    #expect(refusal?.code == "validation_failed")
    #expect(refusal?.detail == "The body must be a JSON object.")
  }

  @Test func `a body that is not JSON is refused with the place`() {
    let refusal = refusal(#"{"a":1,"a":2}"#) { _ in }
    #expect(
      refusal?.detail
        == "The body is not JSON as it is taken here: the object has this name twice, at byte 7.")
    #expect(refusal?.field == "a")
  }

  @Test func `absent and null can be told apart`() throws {
    let body = try body(#"{"a":null,"b":1}"#)
    #expect(body.has("a"))
    #expect(body.isNull("a"))
    #expect(body.has("b"))
    #expect(!body.isNull("b"))
    #expect(!body.has("c"))
    #expect(!body.isNull("c"))
  }

  @Test func `a field that nobody asked for is refused by its name`() throws {
    for text in [#"{"a":true,"amout":1}"#, #"{"amout":null,"a":true}"#] {
      let refusal = refusal(text) { body throws(Problem) in
        _ = try body.optionalBool("a")
        _ = try body.optionalAmount("amount")
        try body.finish()
      }
      #expect(refusal?.code == "validation_failed")
      #expect(refusal?.field == "amout")
      #expect(refusal?.detail == #"The field "amout" is not known here."#)
    }
    let decomposed = refusal("{\"e\u{301}\":true}") { body throws(Problem) in
      _ = try body.optionalBool("\u{E9}")
      try body.finish()
    }
    #expect(decomposed?.field == "e\u{301}")
  }

  @Test func `more fields than can be known are refused`() throws {
    func fields(_ count: Int) -> String {
      "{\((0..<count).map { #""f\#($0)":true"# }.joined(separator: ","))}"
    }
    var full = try body(fields(64))
    for index in 0..<64 { #expect(try full.optionalBool("f\(index)") == true) }
    try full.finish()
    #expect(refusal(fields(65)) { _ in }?.field == "f64")
  }

  @Test(arguments: [
    ("0", "must be at least 1"), ("-0", "must be at least 1"), ("-1", "must be positive"),
    ("-9223372036854775809", "must be positive"), ("9223372036854775808", "at most 9223372036854775807"),
    ("1e3", "whole number"), ("1.0", "whole number"), ("1E0", "whole number"), ("-1.5", "whole number"),
    ("\"1\"", "without quotes"), ("true", "without quotes"), ("[1]", "without quotes"),
    ("{}", "without quotes"), ("null", "required"),
  ])
  func `what is no amount is an invalid amount`(value: String, words: String) throws {
    let refusal = try #require(
      refusal(#"{"amount":\#(value)}"#) { body throws(Problem) in _ = try body.amount("amount") })
    #expect(refusal.code == "invalid_amount")
    #expect(refusal.field == "amount")
    #expect(refusal.detail.contains(words), "\(refusal.detail)")
  }

  @Test func `an amount that is missing is an invalid amount, unless it is optional`() throws {
    #expect(refusal("{}") { body throws(Problem) in _ = try body.amount("amount") }?.code == "invalid_amount")
    var empty = try body("{}")
    #expect(try empty.optionalAmount("minAmount") == nil)
  }

  @Test func `texts are measured in bytes of UTF-8`() throws {
    var fits = try body(#"{"a":"éé"}"#)
    #expect(try fits.string("a", bytes: 4) == "éé")
    let refusal = refusal(#"{"a":"éé"}"#) { body throws(Problem) in _ = try body.string("a", bytes: 3) }
    #expect(refusal?.detail == #"The field "a" must have at most 3 bytes of UTF-8."#)
  }

  @Test(arguments: [#"\u0001"#, #"\r"#, #"\u001f"#, #"\u007f"#, #"\u0080"#, #"\u009f"#, #"\u0085"#])
  func `control characters are refused`(escape: String) {
    let refusal = refusal(#"{"a":"x\#(escape)"}"#) { body throws(Problem) in
      _ = try body.optionalString("a", bytes: 100)
    }
    #expect(
      refusal?.detail == #"The field "a" must not have control characters other than line feed and tab."#)
  }

  @Test func `line feed and tab are refused in names only`() throws {
    for escape in [#"\n"#, #"\t"#] {
      var text = try body(#"{"a":"x\#(escape)"}"#)
      #expect(try text.string("a", bytes: 100).utf8.count == 2)
      let refusal = refusal(#"{"a":"x\#(escape)"}"#) { body throws(Problem) in
        _ = try body.string("a", bytes: 100, singleLine: true)
      }
      #expect(refusal?.detail == #"The field "a" must not have control characters."#)
    }
  }

  @Test(arguments: [
    ("{}", "is required"), (#"{"a":null}"#, "is required and must not be null"),
    (#"{"a":""}"#, "must not be empty"), (#"{"a":1}"#, "must be a text"),
  ])
  func `a required text has to be there`(text: String, words: String) {
    let refusal = refusal(text) { body throws(Problem) in _ = try body.string("a", bytes: 100) }
    #expect(refusal?.detail == #"The field "a" \#(words)."#)
    #expect(refusal?.field == "a")
  }

  @Test(arguments: [
    "null", "1", "\"\"", #""a\u0000""#, #""a\n""#, #""\u0085""#, "\"\(String(repeating: "x", count: 129))\"",
  ])
  func `what is no user's id is refused`(value: String) {
    let refusal = refusal(#"{"userId":\#(value)}"#) { body throws(Problem) in
      _ = try body.userID("userId")
    }
    #expect(refusal?.code == "validation_failed")
  }

  @Test func `a value of another kind is refused with what it should be`() {
    func words(_ value: String, _ read: (inout RequestBody) throws(Problem) -> Void) -> String? {
      refusal(#"{"a":\#(value)}"#, read)?.detail
    }
    let truth = words("\"true\"") { body throws(Problem) in _ = try body.optionalBool("a") }
    #expect(truth == #"The field "a" must be true or false."#)
    let instant = words("\"2026-02-29T00:00:00Z\"") { body throws(Problem) in
      _ = try body.optionalInstant("a")
    }
    #expect(instant == #"The field "a" must be an instant like 2026-01-31T12:00:00Z (RFC 3339)."#)
    for value in ["0", "11", "1.0", "\"1\"", "1e0", "18446744073709551617"] {
      let integer = words(value) { body throws(Problem) in _ = try body.integer("a", in: 1...10) }
      #expect(integer == #"The field "a" must be a whole number from 1 to 10."#)
    }
    let object = words("[]") { body throws(Problem) in _ = try body.optionalObject("a", bytes: 10) }
    #expect(object == #"The field "a" must be an object."#)
  }

  @Test func `the size of an object is that without its blanks`() throws {
    var fits = try body(#"{"a":{   "b"  :   1   }}"#)
    #expect(try fits.optionalObject("a", bytes: 7)?.compactBytes.count == 7)
    let refusal = refusal(#"{"a":{"b":1}}"#) { body throws(Problem) in
      _ = try body.optionalObject("a", bytes: 6)
    }
    #expect(refusal?.detail == #"The field "a" must have at most 6 bytes without blanks, and has 7."#)
  }
}
