// What callers attach, as they write it and as it travels.
import JSON
import Testing

@testable import PointsClient

struct MetadataValueTests {
  private func spelling(_ value: MetadataValue) -> String {
    var json = JSONWriter()
    value.write(to: &json)
    return String(decoding: json.finish(), as: UTF8.self)
  }

  @Test func `values written down become JSON in the order of their names`() {
    let value: MetadataValue = [
      "map": "dust \"2\"", "b": true, "a": nil, "kda": 1.5, "rounds": [16, -14], "deep": ["x": [:]],
    ]
    #expect(
      spelling(value)
        == #"{"a":null,"b":true,"deep":{"x":{}},"kda":1.5,"map":"dust \"2\"","rounds":[16,-14]}"#)
  }

  @Test func `a value survives the way there and back`() throws {
    let value: MetadataValue = [
      "large": .integer(.max), "small": .integer(.min), "tiny": .number(5e-300), "huge": .number(1e300),
      "list": [nil, false, ["a": "\u{1F600}\n"]],
    ]
    #expect(MetadataValue(try JSONValue(parsing: Array(spelling(value).utf8))) == value)
  }

  @Test func `what JSON cannot say is null`() {
    #expect(spelling([.number(.infinity), .number(.nan)]) == "[null,null]")
  }
}
