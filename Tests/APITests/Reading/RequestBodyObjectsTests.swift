// Lists inside a body: the refusals lead to the element.
import HTTPServer
import Ledger
import Testing

@testable import API

struct RequestBodyObjectsTests {
  private func refusal(_ text: String) -> Refusal? {
    Refusal.of { () throws(Problem) in
      var body = try RequestBody(bytes: Array(text.utf8))
      for var posting in try body.objects("postings", count: 1...3) {
        for var leg in try posting.objects("legs", count: 1...2) {
          _ = try leg.userID("userId")
          _ = try leg.amount("amount")
          try leg.finish()
        }
        try posting.finish()
      }
      try body.finish()
    }
  }

  private static let leg = #"{"userId":"u","amount":1}"#
  private static let good = #"{"legs":[\#(leg),\#(leg)]}"#

  @Test(
    arguments: [
      (#"{"postings":[\#(good),\#(good)]}"#, nil, nil),
      ("{}", "validation_failed", "postings"),
      (#"{"postings":null}"#, "validation_failed", "postings"),
      (#"{"postings":[]}"#, "validation_failed", "postings"),
      (#"{"postings":{}}"#, "validation_failed", "postings"),
      (#"{"postings":[\#(good),\#(good),\#(good),\#(good)]}"#, "validation_failed", "postings"),
      (#"{"postings":[\#(good),1]}"#, "validation_failed", "postings[1]"),
      (#"{"postings":[\#(good),null]}"#, "validation_failed", "postings[1]"),
      (#"{"postings":[\#(good),{"legs":[]}]}"#, "validation_failed", "postings[1].legs"),
      (
        #"{"postings":[{"legs":[\#(leg),{"userId":"u","amount":0}]}]}"#, "invalid_amount",
        "postings[0].legs[1].amount"
      ),
      (#"{"postings":[{"legs":[{"amount":1}]}]}"#, "validation_failed", "postings[0].legs[0].userId"),
      (#"{"postings":[{"legs":[\#(leg)],"x":1}]}"#, "validation_failed", "postings[0].x"),
      (
        #"{"postings":[{"legs":[{"userId":"u","amount":1,"Amount":1}]}]}"#, "validation_failed",
        "postings[0].legs[0].Amount"
      ),
    ] as [(String, String?, String?)])
  func `a refusal names the element and its field`(text: String, code: String?, field: String?) {
    let refusal = refusal(text)
    #expect(refusal?.code == code)
    #expect(refusal?.field == field)
  }

  @Test func `a list of users is read, and its elements are named`() throws {
    var body = try RequestBody(bytes: Array(#"{"userIds":["a","\u00e9"]}"#.utf8))
    #expect(try body.userIDs("userIds", count: 1...2).map(\.text) == ["a", "é"])
    try body.finish()
    for (text, field) in [
      (#"{"userIds":["a",1]}"#, "userIds[1]"), (#"{"userIds":[""]}"#, "userIds[0]"),
      (#"{"userIds":["a","b","c"]}"#, "userIds"), (#"{"userIds":"a"}"#, "userIds"), ("{}", "userIds"),
    ] {
      let refusal = Refusal.of { () throws(Problem) in
        var body = try RequestBody(bytes: Array(text.utf8))
        _ = try body.userIDs("userIds", count: 1...2)
      }
      #expect(refusal?.field == field)
    }
  }

  @Test func `a list may be left out where it is optional`() throws {
    var body = try RequestBody(bytes: Array(#"{"a":null}"#.utf8))
    #expect(try body.optionalObjects("a", count: 1...2)?.count == nil)
    #expect(try body.optionalObjects("b", count: 1...2)?.count == nil)
    try body.finish()
  }
}
