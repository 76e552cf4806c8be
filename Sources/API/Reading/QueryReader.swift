// The parameters of a query, read as strictly as a body: each is asked for by name, and at the end whatever
// was not asked for is refused. One that is given twice is refused, and so is an empty one: it says nothing.
import Boards
package import HTTPServer
package import Ledger

package struct QueryReader: Sendable {
  private let parameters: QueryParameters
  /// A bit for each parameter that was asked for, by its place; no route knows as many as there are bits.
  private var asked: UInt64 = 0

  package init(_ exchange: HTTPExchange) {
    self.init(exchange.request.query)
  }

  package init(_ parameters: QueryParameters) {
    self.parameters = parameters
  }

  /// A text of 1 to so many bytes of UTF-8, without control characters.
  package mutating func optionalString(_ name: String, bytes longest: Int) throws(Problem) -> String? {
    guard let text = try value(name) else { return nil }
    guard 1...longest ~= text.utf8.count, !text.hasControlCharacters else {
      throw problem(name, "must have 1 to \(longest) bytes of UTF-8 without control characters")
    }
    return text
  }

  package mutating func string(_ name: String, bytes longest: Int) throws(Problem) -> String {
    try required(name, optionalString(name, bytes: longest))
  }

  /// One of these words.
  package mutating func optionalWord(_ name: String, of words: [String]) throws(Problem) -> String? {
    guard let text = try value(name) else { return nil }
    guard words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
      throw problem(name, "must be \(words.joined(separator: " or "))")
    }
    return text
  }

  package mutating func userID(_ name: String) throws(Problem) -> UserID {
    try required(name, optionalUserID(name))
  }

  package mutating func optionalUserID(_ name: String) throws(Problem) -> UserID? {
    guard let text = try value(name) else { return nil }
    guard let user = UserID(text) else { throw problem(name, "must be \(UserID.rule)") }
    return user
  }

  package mutating func optionalInteger(
    _ name: String, in allowed: ClosedRange<Int64>
  ) throws(Problem) -> Int64? {
    guard let text = try value(name) else { return nil }
    do throws(RequestError) {
      return try QueryParameters.int64(text, of: name, in: allowed)
    } catch {
      throw problem(name, error)
    }
  }

  /// Such as a page size, which has a value when it is not given.
  package mutating func integer(
    _ name: String, in allowed: ClosedRange<Int64>, otherwise: Int64
  ) throws(Problem) -> Int64 {
    try optionalInteger(name, in: allowed) ?? otherwise
  }

  /// A number with two decimals at most, in hundredths.
  package mutating func optionalHundredths(
    _ name: String, in allowed: ClosedRange<Int64>
  ) throws(Problem) -> Int64? {
    guard let text = try value(name) else { return nil }
    guard let count = Hundredths(text)?.count, let hundredths = Int64(exactly: count), allowed ~= hundredths
    else {
      let (least, most) = (
        Hundredths(count: Int128(allowed.lowerBound)), Hundredths(count: Int128(allowed.upperBound))
      )
      throw problem(name, "must be a number from \(least) to \(most) with two decimals at most")
    }
    return hundredths
  }

  package mutating func optionalBool(_ name: String) throws(Problem) -> Bool? {
    guard let text = try value(name) else { return nil }
    do throws(RequestError) {
      return try QueryParameters.bool(text, of: name)
    } catch {
      throw problem(name, error)
    }
  }

  package mutating func optionalInstant(_ name: String) throws(Problem) -> Instant? {
    guard let text = try value(name) else { return nil }
    guard let instant = Instant(rfc3339: text) else {
      // An offset that was sent as it is read: in a query a plus sign stands for a blank.
      let hint = text.utf8.contains(0x20) ? "; + is written %2B in a query" : ""
      throw problem(name, "must be \(Instant.rule)\(hint)")
    }
    return instant
  }

  /// To be called when every parameter was asked for: refuses what is left.
  package func finish() throws(Problem) {
    do throws(RequestError) {
      // Of those behind the last bit nobody knows whether they were asked for; they are one too many.
      for place in 0..<parameters.count where asked & 1 << UInt64(place) == 0 {
        throw try parameters.unknown(at: place)
      }
    } catch {
      guard case .parameterUnknown(let name) = error else { throw Problem(error) }
      throw problem(name, error)
    }
  }

  private mutating func value(_ name: String) throws(Problem) -> String? {
    do throws(RequestError) {
      guard let place = try parameters.place(of: name) else { return nil }
      asked |= 1 << UInt64(place)
      return try parameters.string(at: place, name)
    } catch {
      throw problem(name, error)
    }
  }

  private func required<Value>(_ name: String, _ value: Value?) throws(Problem) -> Value {
    guard let value else { throw problem(name, RequestError.parameterMissing(name)) }
    return value
  }

  private func problem(_ name: String, _ words: String) -> Problem {
    Problem(
      .validationFailed, "The parameter \"\(name)\" \(words).", members: [.text("field", name)])
  }

  private func problem(_ name: String, _ error: RequestError) -> Problem {
    Problem(.validationFailed, error.sentence, members: [.text("field", name)])
  }
}
