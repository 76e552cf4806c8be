// The parameters a path gave to its pattern. Matching only notes where they lie; a parameter is decoded when
// its handler asks for it.

package struct PathParameters: Sendable {
  let bytes: [UInt8]
  let names: [String]
  let places: ParameterPlaces

  /// Of a path that has none, or that matched nothing.
  static var none: PathParameters { PathParameters(bytes: [], names: [], places: ParameterPlaces()) }

  package var count: Int { places.count }

  /// The decoded text of a parameter; it is never empty.
  package func string(_ name: String) throws(RequestError) -> String {
    guard let index = names.firstIndex(of: name) else {
      preconditionFailure("The pattern of this route has no parameter of this name.")
    }
    let raw = bytes.span.extracting(places[index])
    return try PercentDecoding.decode(raw, plusIsSpace: false, place: "the path parameter \"\(name)\"")
  }

  /// A decimal integer: an optional minus sign and digits, nothing else.
  package func int64(_ name: String) throws(RequestError) -> Int64 {
    guard let value = Int64(strictDecimal: try string(name)) else {
      throw .parameterInvalid(name, expected: "an integer of 64 bits")
    }
    return value
  }
}

/// Where the parameters lie, in room of fixed size: matching allocates nothing.
struct ParameterPlaces: Sendable {
  static let countMax = 6

  private var starts = InlineArray<6, UInt32>(repeating: 0)
  private var ends = InlineArray<6, UInt32>(repeating: 0)
  private(set) var count = 0

  subscript(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(ends[index]) }

  mutating func push(_ range: Range<Int>) {
    starts[count] = UInt32(range.lowerBound)
    ends[count] = UInt32(range.upperBound)
    count += 1
  }

  mutating func pop() {
    count -= 1
  }
}
