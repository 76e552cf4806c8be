// Header fields by name and by meaning.
import Testing

@testable import HTTPServer

struct HeaderFieldsTests {
  @Test func `names are the same in capitals and small letters`() throws {
    let headers = try request("GET /", "X-One: 1", "x-two: 2", "X-ONE: 3").headers
    #expect(headers["x-one"] == "1")
    #expect(headers["X-TWO"] == "2")
    #expect(headers["x-on"] == nil)
    #expect(headers.values(of: "X-One") == ["1", "3"])
    #expect(headers.contains("host"))
    #expect(headers.count == 4)
  }

  @Test func `bytes that differ by the bit of case are not the same`() throws {
    // "@" and "`", "[" and "{" differ by that bit but are no letters.
    let headers = try request("GET /", "x-`: 1").headers
    #expect(headers["x-@"] == nil)
    #expect(headers["X-`"] == "1")
  }

  @Test func `a field that must stand alone is refused when repeated`() throws {
    let headers = try request("GET /", "Key: a", "Other: b", "key: a").headers
    #expect(try headers.only("other") == "b")
    #expect(try headers.only("none") == nil)
    #expect(throws: RequestError.fieldRepeated("Key")) { try headers.only("Key") }
  }

  @Test(arguments: [
    ("application/json", true), ("Application/JSON; charset=utf-8", true), ("application/json ;x", true),
    ("application/json5", false), ("text/plain", false), ("", false), (";application/json", false),
  ])
  func `the media type of a body is told without its parameters`(value: String, isJSON: Bool) throws {
    let headers = try request("GET /", "Content-Type: \(value)").headers
    #expect(headers.hasContentType("application/json") == isJSON)
    #expect(try !request("GET /").headers.hasContentType("application/json"))
  }

  @Test(arguments: [
    ("*/*", true), ("application/json", true), ("application/*", true), ("text/html", false), ("", false),
    ("text/html, application/json;q=0.5", true), ("application/json;q=0", false),
    ("application/json;q=0.001", true),
    ("*/*, application/json;q=0", false), ("application/*;q=0, */*", false),
    ("application/*;q=0.0,application/json", true),
    ("application/json; q=0.000", false), ("text/*", false), ("application/jso*", false), ("/*", false),
  ])
  func `an Accept field is weighed by its closest range`(value: String, accepted: Bool) throws {
    #expect(try request("GET /", "Accept: \(value)").headers.accepts("application/json") == accepted)
  }

  @Test func `no Accept field accepts everything, and several are one`() throws {
    #expect(try request("GET /").headers.accepts("text/csv"))
    let headers = try request("GET /", "Accept: text/html", "Accept: text/csv").headers
    #expect(headers.accepts("text/csv"))
    #expect(!headers.accepts("application/json"))
  }

  @Test(
    arguments: [
      (nil, "application/json"), ("*/*", "application/json"), ("", nil), ("text/csv", "text/csv"),
      ("application/json", "application/json"), ("text/html", nil), ("text/*", "text/csv"),
      ("text/csv, application/json", "application/json"), ("text/csv, */*;q=0.1", "text/csv"),
      ("application/json;q=0.5, text/csv;q=0.6", "text/csv"),
      ("application/json;q=0.5, text/csv;q=0.50", "application/json"),
      ("application/json;q=0.500, text/csv;q=0.501", "text/csv"),
      ("application/json; Q=0.9 , TEXT/CSV ; q=1.0", "text/csv"),
      ("application/json;q=0.9, text/csv;q=1.000", "text/csv"),
      ("application/json;q=0, text/csv;q=0.001", "text/csv"), ("application/json;q=0, text/csv;q=0.0", nil),
      ("*/*;q=0.5, application/json;q=0.4", "text/csv"), ("text/*;q=0.9, */*", "application/json"),
      ("application/json;v=1;q=0.2, text/csv;q=0.3", "text/csv"),
      ("application/json;q=x, text/csv;q=0.9", "application/json"),
      ("application/json;q=0.0001, text/csv;q=0", "application/json"),
      ("application/json;q=0.00000000000000000000001, text/csv;q=0", "application/json"),
      ("application/json;q=.5, text/csv;q=0.9", "application/json"),
      ("application/json;q=, text/csv", "application/json"),
    ] as [(String?, String?)])
  func `of two media types the one that weighs more is preferred, and the first of equals`(
    value: String?, preferred: String?
  ) throws {
    let headers = try value.map { try request("GET /", "Accept: \($0)") }?.headers ?? request("GET /").headers
    #expect(headers.preferredType(of: ["application/json", "text/csv"]) == preferred)
  }

  @Test(arguments: [
    ("abc-123_X.y:z", true), ("", false), ("a b", false), ("a\"b", false), ("é", false),
    (String(repeating: "a", count: 128), true), (String(repeating: "a", count: 129), false),
  ])
  func `only a harmless request id is taken over`(value: String, taken: Bool) throws {
    #expect(try request("GET /", "X-Request-ID: \(value)").headers.requestID == (taken ? value : nil))
  }

  @Test func `list elements are found in every line`() throws {
    let headers = try request("GET /", "Connection: a , b", "Connection: Upgrade").headers
    #expect(headers.lists("b", in: "connection"))
    #expect(headers.lists("upgrade", in: "connection"))
    #expect(!headers.lists("up", in: "connection"))
  }
}
