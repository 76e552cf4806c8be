// What the writer writes is read back by a parser that is not ours.
import Foundation
import Testing

@testable import JSON

struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return String(decoding: json.finish(), as: UTF8.self)
  }

  private func parsed(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  @Test func `UUIDs are written in five groups of small letters and digits`() {
    #expect(
      written { $0.uuid(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210) }
        == #""01234567-89ab-cdef-fedc-ba9876543210""#)
    for _ in 0..<1000 {
      let id = UUID()
      let words = unsafe withUnsafeBytes(of: id.uuid) { bytes in
        unsafe (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      }
      let text = written { $0.uuid(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1)) }
      #expect(text == "\"\(id.uuidString.lowercased())\"")
    }
  }

  @Test(arguments: 0...200)
  func `what is written grows as far as it has to`(count: Int) {
    var json = JSONWriter(reservingCapacity: 0)
    json.array { for _ in 0..<count { $0.bool(true) } }
    let expected = "[\(Array(repeating: "true", count: count).joined(separator: ","))]"
    #expect(String(decoding: json.finish(), as: UTF8.self) == expected)
  }

  @Test func `commas stand between elements and nowhere else`() {
    let text = written { json in
      json.object {
        $0.field("a", 1)
        $0.objectField("b") { _ in }
        $0.arrayField("c") {
          $0.array { _ in }
          $0.object { $0.field("d", true) }
          $0.null()
          $0.string("x")
        }
        $0.field("e", "f")
      }
    }
    #expect(text == #"{"a":1,"b":{},"c":[[],{"d":true},null,"x"],"e":"f"}"#)
  }

  @Test(arguments: [
    "", "plain", "\"", "\\", "a\"b\\c", "\u{8}\t\n\u{C}\r", "\0\u{1}\u{1F}", "/", "\u{7F}", "é", "😀",
    "\u{2028}", "\"é\n\"",
  ])
  func `texts and keys survive`(text: String) throws {
    #expect(try parsed(written { $0.string(text) }) as? String == text)
    let object = written { json in
      json.object {
        $0.key(escaping: text)
        $0.null()
      }
    }
    #expect(try (parsed(object) as? [String: Any])?.keys.first == text)
  }

  @Test func `control bytes are escaped shortly where JSON can`() {
    #expect(written { $0.string("\u{8}\t\n\u{C}\r\u{1}\u{1F}\"\\") } == #""\b\t\n\f\r\u0001\u001f\"\\""#)
  }

  @Test(arguments: [
    0, 1, -1, 9, 10, -10, 99, 100, 101, 1_000_000, 999_999_999_999, Int64.max, Int64.min, Int64.max - 1,
    1_000_000_000_000_000_000, 999_999_999_999_999_999,
  ])
  func `integers are written in full`(value: Int64) {
    #expect(written { $0.integer(value) } == "\(value)")
  }

  @Test func `random integers are written as the standard library writes them`() {
    let seed =
      ProcessInfo.processInfo.environment["POINTS_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
    print("POINTS_TEST_SEED=\(seed)")
    var state = seed
    for _ in 0..<10_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = state >> (state & 63)
      #expect(written { $0.integer(value) } == "\(value)", "seed \(seed)")
      let signed = Int64(bitPattern: value)
      #expect(written { $0.integer(signed) } == "\(signed)", "seed \(seed)")
    }
    #expect(written { $0.integer(UInt64.max) } == "18446744073709551615")
  }

  @Test(arguments: [
    (0, 2, "0.00"), (1, 0, "1"), (1.5, 0, "2"), (-1.5, 0, "-2"), (0.125, 2, "0.13"), (-0.001, 2, "0.00"),
    (12.3456, 3, "12.346"),
    (0.05, 1, "0.1"), (99.999, 2, "100.00"), (1e300, 2, "1e+300"), (-1e18, 1, "-1e+18"),
    (0.000_000_001, 9, "0.000000001"),
    (Double.nan, 1, "null"), (Double.infinity, 1, "null"), (7.25, 2, "7.25"),
  ])
  func `numbers have fixed decimals`(value: Double, decimals: Int, text: String) throws {
    #expect(written { $0.number(value, decimals: decimals) } == text)
    _ = try parsed(text)
  }

  @Test func `nothing is a null`() {
    let text = written { json in
      json.object {
        $0.field("a", orNull: String?.none)
        $0.field("b", orNull: "x")
        $0.field("c", orNull: Int64?.none)
        $0.field("d", orNull: Int64(3))
        $0.field("e", 0.5, decimals: 1)
        $0.field("f", UInt64(4))
      }
    }
    #expect(text == #"{"a":null,"b":"x","c":null,"d":3,"e":0.5,"f":4}"#)
  }

  @Test func `raw JSON is an element like any other`() {
    let raw = Array(#"{"x":1}"#.utf8)
    let text = written { json in
      json.array {
        $0.raw(raw.span)
        $0.raw(raw.span)
      }
    }
    #expect(text == #"[{"x":1},{"x":1}]"#)
  }

  @Test func `lines are values of their own`() {
    let text = written { json in
      json.object { $0.field("a", 1) }
      json.newline()
      json.object { $0.field("a", 2) }
      json.newline()
    }
    #expect(text == "{\"a\":1}\n{\"a\":2}\n")
  }

  @Test func `what was opened and not closed stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var json = JSONWriter()
      json.openObject()
      _ = json.finish()
    }
  }
}
