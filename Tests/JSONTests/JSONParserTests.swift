// Reading: what is JSON is taken whole, and what two readers could understand differently is refused.
import Testing

@testable import JSON

struct JSONParserTests {
  private func value(_ text: String, _ limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), limits: limits)
  }

  private func refusal(_ bytes: [UInt8], _ limits: JSONLimits = JSONLimits()) -> JSONError? {
    do throws(JSONError) {
      _ = try JSONValue(parsing: bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  private func refusal(_ text: String, _ limits: JSONLimits = JSONLimits()) -> JSONError? {
    refusal(Array(text.utf8), limits)
  }

  @Test func `every kind of value is read`() throws {
    let text = " {\"a\" : [ null , true,false ] ,\t\"b\":\r\n{ } , \"c\":[ ],\"d\":\"x\",\"e\":-12 } "
    guard case .object(let object) = try value(text) else {
      Issue.record("no object")
      return
    }
    #expect(object.members.map(\.name) == ["a", "b", "c", "d", "e"])
    #expect(object["a"] == .array([.null, .bool(true), .bool(false)]))
    #expect(object["b"] == .object(JSONObject([])))
    #expect(object["c"] == .array([]))
    #expect(object["d"] == .string("x"))
    #expect(object["e"] == .number(JSONNumber(-12)))
    #expect(object["f"] == nil)
  }

  @Test(arguments: ["null", "true", "false", "0", "\"\"", "[]", "{}", " 1 ", "\t\r\n\"a\"\n"])
  func `any value may stand alone`(text: String) throws {
    _ = try value(text)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\uDE00""#, "😀"), (#""\uD800\uDC00\udbff\udfff""#, "\u{10000}\u{10FFFF}"),
    (#""\uFFFF\uFEFF""#, "\u{FFFF}\u{FEFF}"), ("\"é😀\u{7F}\u{2028}\"", "é😀\u{7F}\u{2028}"),
    (#""a\u0031b\n\nc""#, "a1b\n\nc"), (#""\u0001""#, "\u{1}"),
  ])
  func `texts are read with their escapes`(text: String, expected: String) throws {
    guard case .string(let read) = try value(text) else {
      Issue.record("no text")
      return
    }
    #expect(Array(read.utf8) == Array(expected.utf8))
  }

  @Test(
    arguments: [
      ("", .endOfText, 0), ("  ", .endOfText, 2), ("[", .endOfText, 1), ("[1", .endOfText, 2),
      ("[1,", .endOfText, 3), ("{\"a\"", .endOfText, 4), ("{\"a\":", .endOfText, 5), ("\"a", .endOfText, 2),
      ("\"\\", .endOfText, 2), ("\"\\u12", .endOfText, 5), ("tru", .endOfText, 3),
      ("{\"a\":1", .endOfText, 6),
      ("1 2", .trailingContent, 2), ("{}}", .trailingContent, 2), ("null,", .trailingContent, 4),
      ("\"a\"b", .trailingContent, 3), ("1\0", .trailingContent, 1), ("nullx", .trailingContent, 4),
      ("\u{FEFF}{}", .byteOrderMark, 0), ("[\u{FEFF}]", .expectedValue, 1),
      ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1), ("{\"a\":}", .expectedValue, 5),
      ("NaN", .expectedValue, 0), ("Infinity", .expectedValue, 0), ("+1", .expectedValue, 0),
      (".5", .expectedValue, 0), ("'a'", .expectedValue, 0), ("True", .expectedValue, 0),
      ("nul ", .expectedValue, 0), ("// c\n1", .expectedValue, 0), ("[\u{A0}1]", .expectedValue, 1),
      ("[\u{B}1]", .expectedValue, 1), ("]", .expectedValue, 0),
      ("{a:1}", .expectedName, 1), ("{1:1}", .expectedName, 1), ("{\"a\":1,}", .expectedName, 7),
      ("{,}", .expectedName, 1), ("{null:1}", .expectedName, 1),
      ("{\"a\" 1}", .expectedColon, 5), ("{\"a\"}", .expectedColon, 4), ("{\"a\",1}", .expectedColon, 4),
      ("[1 2]", .expectedCommaOrEnd, 3), ("[1}", .expectedCommaOrEnd, 2),
      ("{\"a\":1]", .expectedCommaOrEnd, 6),
      ("[0x1]", .expectedCommaOrEnd, 2), ("[1a]", .expectedCommaOrEnd, 2), ("[1;2]", .expectedCommaOrEnd, 2),
      ("[\"a\"\"b\"]", .expectedCommaOrEnd, 4),
      ("\"a\nb\"", .controlCharacter, 2), ("\"\t\"", .controlCharacter, 1), ("\"\0\"", .controlCharacter, 1),
      ("\"\u{1F}\"", .controlCharacter, 1),
      (#""\a""#, .badEscape, 1), (#""x\'""#, .badEscape, 2), (#""\u12g4""#, .badEscape, 1),
      (#""\U0041""#, .badEscape, 1), (#""\x41""#, .badEscape, 1), (#""\u+123""#, .badEscape, 1),
      (#""\u 123""#, .badEscape, 1), (#""\ud800\u12""#, .badEscape, 7),
      (#""a\u0000""#, .escapedNUL, 2), (#"{"\u0000":1}"#, .escapedNUL, 2),
      (#""\ud800""#, .unpairedSurrogate, 1), (#""\udc00""#, .unpairedSurrogate, 1),
      (#""\ud800\ud800""#, .unpairedSurrogate, 1), (#""\ud800x""#, .unpairedSurrogate, 1),
      (#""\ud800\n""#, .unpairedSurrogate, 1), (#""\ud800\u0041""#, .unpairedSurrogate, 1),
      (#""\udc00\ud800""#, .unpairedSurrogate, 1),
      ("-", .badNumber, 0), ("[1.]", .badNumber, 1), ("1.e1", .badNumber, 0), ("1e", .badNumber, 0),
      ("1e+", .badNumber, 0), ("[-a]", .badNumber, 1), ("--1", .badNumber, 0), ("-.5", .badNumber, 0),
      ("-NaN", .badNumber, 0), ("1.-1", .badNumber, 0),
      ("01", .leadingZero, 0), ("[-00]", .leadingZero, 1), ("00.5", .leadingZero, 0),
    ] as [(String, JSONError.Reason, Int)])
  func `what is not JSON is refused where it goes wrong`(
    text: String, reason: JSONError.Reason, offset: Int
  ) {
    #expect(refusal(text) == JSONError(reason, at: offset))
  }

  @Test(
    arguments: [
      ([0x80], 0), ([0xFF], 0), ([0xC3], 0), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0xAF], 0),
      ([0xF0, 0x80, 0x80, 0xAF], 0), ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0),
      ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0x61, 0xE2, 0x82], 1),
      ([0xC3, 0xA9, 0xC3, 0x28], 2), ([0x5C, 0x6E, 0xC3], 2), ([0xC3, 0x5C, 0x6E], 0), ([0xF8, 0x88], 0),
    ] as [([UInt8], Int)])
  func `a text that is not UTF-8 is refused`(inside: [UInt8], offset: Int) {
    #expect(refusal([0x22] + inside + [0x22]) == JSONError(.notUTF8, at: 1 + offset))
    let asName = [0x7B, 0x22] + inside + [0x22, 0x3A, 0x31, 0x7D]
    #expect(refusal(asName) == JSONError(.notUTF8, at: 2 + offset))
  }

  @Test func `bytes outside texts that are not ASCII are refused`() {
    #expect(refusal([0x5B, 0xFF, 0x5D])?.reason == .expectedValue)
    #expect(refusal([0x31, 0x80])?.reason == .trailingContent)
  }

  @Test func `a name given twice is refused, however it is spelt`() throws {
    #expect(refusal(#"{"a":1,"b":2,"a":3}"#) == JSONError(.repeatedName, at: 13))
    #expect(refusal(#"{"a":1,"\u0061":3}"#) == JSONError(.repeatedName, at: 7))
    #expect(refusal(#"{"":1,"":1}"#) == JSONError(.repeatedName, at: 6))
    #expect(refusal(#"{"a":{"b":1,"b":1}}"#) == JSONError(.repeatedName, at: 12))
    _ = try value(#"{"a":{"a":1},"A":2}"#)
  }

  @Test func `names are compared as bytes, not as letters`() throws {
    // One letter in two spellings, which Swift's own equality takes for the same.
    let object = try value(#"{"\u00e9":1,"e\u0301":2}"#)
    guard case .object(let object) = object else {
      Issue.record("no object")
      return
    }
    #expect(object["\u{E9}"] == .number(JSONNumber(1)))
    #expect(object["e\u{301}"] == .number(JSONNumber(2)))
  }

  @Test(arguments: [15, 16, 17, 18, 40, 5000])
  func `a name given twice is found among many`(count: Int) throws {
    let names = (0..<count).map { #""name\#($0)":0"# }
    _ = try value("{\(names.joined(separator: ","))}")
    for first in [0, count / 2, count - 1] {
      let text = "{\(names.joined(separator: ","))"
      let error = refusal(text + #","name\#(first)":0}"#)
      #expect(error == JSONError(.repeatedName, at: text.utf8.count + 1))
    }
  }

  @Test func `nesting is limited`() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    _ = try value(nested(32, "[", "]"))
    _ = try value(nested(32, #"{"a":"#, "}"))
    #expect(refusal(nested(33, "[", "]")) == JSONError(.tooDeep, at: 32))
    #expect(refusal(nested(33, #"{"a":"#, "}")) == JSONError(.tooDeep, at: 160))
    #expect(refusal(String(repeating: "[", count: 1_000_000)) == JSONError(.tooDeep, at: 32))
    // Neighbours do not add up.
    _ = try value("[\(Array(repeating: "[[]]", count: 40).joined(separator: ","))]")
  }

  @Test func `the number of values is limited`() throws {
    let limits = JSONLimits(values: 4)
    _ = try value("[1,2,3]", limits)
    #expect(refusal("[1,2,3,4]", limits) == JSONError(.tooManyValues, at: 7))
    #expect(refusal(#"{"a":[[{}],{}]}"#, limits) == JSONError(.tooManyValues, at: 11))
    let many = "[" + String(repeating: "0,", count: 200_000) + "0]"
    #expect(refusal(many)?.reason == .tooManyValues)
  }

  @Test func `every reason has words of its own`() {
    let words = JSONError.Reason.allCases.map(\.phrase)
    #expect(Set(words).count == words.count)
    #expect(JSONError(.badNumber, at: 7).phrase == "the number is not well-formed, at byte 7")
  }
}
