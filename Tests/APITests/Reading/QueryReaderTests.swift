// The parameters of a query are read like the fields of a body: by name, strictly, and to the last one.
import Ledger
import Testing

@testable import API
@testable import HTTPServer

struct QueryReaderTests {
  private func reader(_ query: String) -> QueryReader {
    let bytes = Array(query.utf8)
    return QueryReader(QueryParameters(bytes: bytes, range: 0..<bytes.count))
  }

  private func refusal(_ query: String, _ read: (inout QueryReader) throws(Problem) -> Void) -> Refusal? {
    Refusal.of { () throws(Problem) in
      var reader = reader(query)
      try read(&reader)
      try reader.finish()
    }
  }

  @Test func `every kind of parameter is read`() throws {
    var query = reader(
      "userId=u%201&limit=25&from=2026-01-31T13:00:00%2B01:00&all=true&kind=credit&category=x")
    #expect(try query.userID("userId") == UserID("u 1"))
    #expect(try query.integer("limit", in: 1...1000, otherwise: 10) == 25)
    #expect(try query.integer("offset", in: 0...1000, otherwise: 7) == 7)
    #expect(try query.optionalInstant("from") == Instant(microseconds: 1_769_860_800_000_000))
    #expect(try query.optionalInstant("to") == nil)
    #expect(try query.optionalBool("all") == true)
    #expect(try query.optionalWord("kind", of: ["credit", "debit"]) == "credit")
    #expect(try query.string("category", bytes: 1) == "x")
    try query.finish()
  }

  @Test(arguments: [64, 65, 200])
  func `however many parameters there are, those that nobody asked for are refused`(count: Int) {
    let names = (0..<count).map { "p\($0)" }
    let refusal = refusal(names.map { "\($0)=1" }.joined(separator: "&")) { query throws(Problem) in
      for name in names.dropLast() { _ = try query.string(name, bytes: 1) }
    }
    #expect(refusal?.field == "p\(min(count - 1, 64))")
  }

  @Test func `an empty query has nothing to refuse`() throws {
    var query = reader("")
    #expect(try query.optionalUserID("userId") == nil)
    try query.finish()
    try reader("").finish()
  }

  @Test(arguments: [
    ("limt=1", "limt", #"The parameter "limt" is not known here."#),
    ("limit=1&x=", "x", #"The parameter "x" is not known here."#),
    ("%6Cimit=1&%78", "x", #"The parameter "x" is not known here."#),
    ("limit=1&limit=1", "limit", #"The parameter "limit" was given more than once."#),
    ("limit=0", "limit", #"The parameter "limit" must be an integer from 1 to 10."#),
    ("limit=11", "limit", #"The parameter "limit" must be an integer from 1 to 10."#),
    ("limit=", "limit", #"The parameter "limit" must be an integer of 64 bits."#),
    (
      "limit=%zz", "limit",
      #"A percent sign in the parameter "limit" is not followed by two hexadecimal digits."#
    ),
  ])
  func `a wrong integer, a repeated and an unknown parameter are refused`(
    query: String, field: String, detail: String
  ) {
    let refusal = refusal(query) { query throws(Problem) in
      _ = try query.optionalInteger("limit", in: 1...10)
    }
    #expect(refusal?.code == "validation_failed")
    #expect(refusal?.field == field)
    #expect(refusal?.detail == detail)
  }

  @Test(arguments: ["", "userId", "userId=", "userId=%0A", "userId=\(String(repeating: "x", count: 129))"])
  func `a required user has to be there`(query: String) {
    let refusal = refusal(query) { query throws(Problem) in _ = try query.userID("userId") }
    #expect(refusal?.field == "userId")
  }

  @Test func `texts, words, ids and instants are refused with what they should be`() {
    let text = refusal("a=xy") { query throws(Problem) in _ = try query.optionalString("a", bytes: 1) }
    #expect(text?.detail == #"The parameter "a" must have 1 to 1 bytes of UTF-8 without control characters."#)
    let empty = refusal("a=") { query throws(Problem) in _ = try query.optionalString("a", bytes: 1) }
    #expect(empty?.field == "a")
    let word = refusal("a=Credit") { query throws(Problem) in
      _ = try query.optionalWord("a", of: ["credit", "debit"])
    }
    #expect(word?.detail == #"The parameter "a" must be credit or debit."#)
    let truth = refusal("a=1") { query throws(Problem) in _ = try query.optionalBool("a") }
    #expect(truth?.detail == #"The parameter "a" must be true or false."#)
    let instant = refusal("a=2026-01-31T13:00:00+01:00") { query throws(Problem) in
      _ = try query.optionalInstant("a")
    }
    #expect(
      instant?.detail
        == #"The parameter "a" must be an instant like 2026-01-31T12:00:00Z (RFC 3339)"#
        + "; + is written %2B in a query.")
  }

  @Test func `names are compared as bytes`() {
    // The Kelvin sign, which Unicode takes for the letter K.
    let refusal = refusal("%E2%84%AA=1") { query throws(Problem) in
      _ = try query.optionalString("K", bytes: 9)
    }
    #expect(refusal?.detail == "The parameter \"\u{212A}\" is not known here.")
  }
}
