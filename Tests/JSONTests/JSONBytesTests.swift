// Values as bytes again: nothing is lost, and all orders of the same members have one canonical form.
import Foundation
import TestSupport
import Testing

@testable import JSON

struct JSONBytesTests {
  private func value(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  private func compact(_ text: String) throws -> String {
    String(decoding: try value(text).compactBytes, as: UTF8.self)
  }

  private func canonical(_ text: String) throws -> String {
    String(decoding: try value(text).canonicalBytes, as: UTF8.self)
  }

  @Test func `compact bytes keep the order and the spelling of numbers`() throws {
    let text =
      #" { "b" : [ 1.50 , -0, 1E+2, 9223372036854775808 ] , "a" : { "d" : null, "c" : "\u00e9\/\n" } } "#
    #expect(try compact(text) == #"{"b":[1.50,-0,1E+2,9223372036854775808],"a":{"d":null,"c":"é/\n"}}"#)
  }

  @Test func `canonical bytes are the same for every order, at every depth`() throws {
    let one = #"{"b":[{"z":1,"y":2}],"a":{"d":null,"c":true}}"#
    let other = #"{ "a":{"c":true, "d":null}, "b":[{"\u0079":2,"z":1}] }"#
    #expect(try canonical(one) == #"{"a":{"c":true,"d":null},"b":[{"y":2,"z":1}]}"#)
    #expect(try canonical(one) == canonical(other))
    #expect(try compact(one) != compact(other))
  }

  @Test func `names are ordered by their bytes`() throws {
    // In UTF-16, which other orders go by, U+1F600 comes before U+FF21; and é is no neighbour of e.
    let text = #"{"😀":1,"Ａ":2,"é":3,"f":4,"e":5,"":6,"B":7,"e\u0301":8}"#
    #expect(
      try canonical(text) == "{\"\":6,\"B\":7,\"e\":5,\"e\u{301}\":8,\"f\":4,\"é\":3,\"Ａ\":2,\"😀\":1}")
  }

  @Test(arguments: [
    ("[1,2]", "[2,1]"), ("1", "1.0"), ("1", "\"1\""), ("null", "false"), ("{}", "[]"),
    (#"{"a":1}"#, #"{"a":null}"#), (#"["a,b"]"#, #"["a","b"]"#), ("\"\u{E9}\"", "\"e\u{301}\""),
  ])
  func `values that differ have other canonical bytes`(one: String, other: String) throws {
    #expect(try value(one).canonicalBytes != value(other).canonicalBytes)
    #expect(try value(one) != value(other))
  }

  @Test func `random values survive being written and read, here and elsewhere`() throws {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<2000 {
      let value = JSONValue.random(using: &random, depth: 0)
      let bytes = value.compactBytes
      let again = try JSONValue(parsing: bytes)
      #expect(again.compactBytes == bytes, "seed \(random.seed)")
      let canonical = value.canonicalBytes
      #expect(try JSONValue(parsing: canonical).canonicalBytes == canonical, "seed \(random.seed)")
      #expect(value.shuffled(using: &random).canonicalBytes == canonical, "seed \(random.seed)")
      let spaced = value.spelt(using: &random)
      #expect(try JSONValue(parsing: spaced).compactBytes == bytes, "seed \(random.seed)")
      let elsewhere = try? JSONSerialization.jsonObject(with: Data(spaced), options: .fragmentsAllowed)
      #expect(elsewhere != nil, "seed \(random.seed)")
    }
  }

  @Test func `a damaged text is refused or read, and never ends the process`() throws {
    var random = SeededGenerator.forThisRun()
    var refused = 0
    for _ in 0..<5000 {
      var bytes = JSONValue.random(using: &random, depth: 0).spelt(using: &random)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case _: bytes.removeSubrange(place...)
        }
      }
      do throws(JSONError) {
        let read = try JSONValue(parsing: bytes)
        #expect(try JSONValue(parsing: read.compactBytes) == read, "seed \(random.seed)")
      } catch {
        refused += 1
        #expect((0...bytes.count).contains(error.offset), "seed \(random.seed)")
      }
    }
    #expect(refused > 1000, "seed \(random.seed)")
  }
}
