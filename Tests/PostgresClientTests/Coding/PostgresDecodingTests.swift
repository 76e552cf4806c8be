// Decoding trusts nobody: any bytes give a value or a typed error.
import TestSupport
import Testing

@testable import PostgresClient

@Suite struct PostgresDecodingTests {
  private func decode<Value: PostgresValue>(_ bytes: [UInt8], as type: Value.Type) throws -> Value {
    unsafe try Value(decoding: bytes.span.bytes)
  }

  private func decodeArray<Value: PostgresValue>(_ bytes: [UInt8], as type: Value.Type) throws -> [Value?] {
    var values: [Value?] = []
    unsafe try PostgresArrayCoding.decode(bytes.span.bytes, as: type) { values.append($0) }
    return values
  }

  private func encodeArray<Value: PostgresValue>(_ values: [Value?]) -> [UInt8] {
    var bytes: [UInt8] = []
    PostgresArrayCoding.encode(values, into: &bytes) { $0 }
    return bytes
  }

  @Test(arguments: 0...17) func `a number of another length is refused`(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    if count != 8 {
      #expect(throws: PostgresDecodingFailure.wrongLength(count)) { try decode(bytes, as: Int64.self) }
    }
    if count != 4 {
      #expect(throws: PostgresDecodingFailure.wrongLength(count)) { try decode(bytes, as: Int32.self) }
    }
    if count != 2 {
      #expect(throws: PostgresDecodingFailure.wrongLength(count)) { try decode(bytes, as: Int16.self) }
    }
    if count != 8 {
      #expect(throws: PostgresDecodingFailure.wrongLength(count)) { try decode(bytes, as: Double.self) }
    }
    if count != 16 {
      #expect(throws: PostgresDecodingFailure.wrongLength(count)) { try decode(bytes, as: PostgresUUID.self) }
    }
  }

  @Test func `odd values are refused by name`() {
    #expect(throws: PostgresDecodingFailure.outOfRange) { try decode([2], as: Bool.self) }
    #expect(throws: PostgresDecodingFailure.invalidText) { try decode([0xC3, 0x28], as: String.self) }
    #expect(throws: PostgresDecodingFailure.unknownVersion(2)) {
      try decode([2, 0x31], as: PostgresJSON.self)
    }
    #expect(throws: PostgresDecodingFailure.wrongLength(1)) { try decode([1], as: PostgresJSON.self) }
    let late: [UInt8] = [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE]
    #expect(throws: PostgresDecodingFailure.outOfRange) { try decode(late, as: PostgresTimestamp.self) }
  }

  @Test func `an instant is counted from 2000 on the wire and from 1970 here`() throws {
    var bytes: [UInt8] = []
    PostgresTimestamp(unixMicroseconds: 946_684_800_000_001).encode(into: &bytes)
    #expect(bytes == [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(try decode(bytes, as: PostgresTimestamp.self).unixMicroseconds == 946_684_800_000_001)
  }

  @Test func `an array whose header lies is refused before anything is allocated`() {
    var bytes = encodeArray([Int64(1), nil, 3])
    #expect(throws: PostgresDecodingFailure.malformedArray) { try decodeArray(bytes + [0], as: Int64.self) }
    #expect(throws: PostgresDecodingFailure.malformedArray) {
      try decodeArray(bytes.dropLast(), as: Int64.self)
    }
    #expect(throws: PostgresDecodingFailure.wrongType(.int8)) { try decodeArray(bytes, as: Int32.self) }
    bytes.store(bigEndian: .max, at: 12)
    #expect(throws: PostgresDecodingFailure.malformedArray) { try decodeArray(bytes, as: Int64.self) }
    bytes.store(bigEndian: -1, at: 12)
    #expect(throws: PostgresDecodingFailure.malformedArray) { try decodeArray(bytes, as: Int64.self) }
    bytes.store(bigEndian: 2, at: 0)
    #expect(throws: PostgresDecodingFailure.malformedArray) { try decodeArray(bytes, as: Int64.self) }
  }

  @Test func `arrays of random values come back, and no damage to them is more than an error`() throws {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<2000 {
      let values: [Int64?] = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
        Bool.random(using: &random) ? nil : Int64.random(in: .min ... .max, using: &random)
      }
      var bytes = encodeArray(values)
      #expect(try decodeArray(bytes, as: Int64.self) == values)
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] ^= UInt8.random(in: 1...255, using: &random)
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      do {
        let damaged = try decodeArray(bytes, as: Int64.self)
        #expect(damaged.count <= bytes.count / 4)
      } catch {
        #expect(error is PostgresDecodingFailure)
      }
    }
  }

  @Test func `parameters remember where each value lies and which are NULL`() {
    var parameters = PostgresParameters()
    parameters.append(Int64(1))
    parameters.append(nil as String?)
    parameters.append("")
    parameters.append(text: [0x61, 0x62].span)
    #expect(parameters.lengths == [8, -1, 0, 2])
    #expect(parameters.types == [20, 25, 25, 25])
    #expect(parameters.offsets == [1, 9, 9, 9])
    parameters.removeAll()
    #expect(parameters.count == 0)
    #expect(parameters.bytes == [0])
  }
}
