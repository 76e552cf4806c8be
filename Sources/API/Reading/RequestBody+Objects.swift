// Objects and lists inside a body.
package import HTTPServer
import JSON
package import Ledger

/// An object that we keep and hand back without looking into it, such as metadata.
package struct OpaqueObject: Sendable, Equatable {
  /// As it is stored: without blanks, in the order it was sent.
  package let compactBytes: [UInt8]
  /// The same for every order of its members, to tell a repetition from another request.
  package let canonicalBytes: [UInt8]
}

extension RequestBody {
  /// An object of whatever fields, of at most so many bytes without its blanks.
  package mutating func optionalObject(
    _ name: String, bytes longest: Int
  ) throws(Problem) -> OpaqueObject? {
    guard let value = value(name) else { return nil }
    guard case .object = value else { throw problem(name, "must be an object") }
    let compact = value.compactBytes
    guard compact.count <= longest else {
      throw problem(name, "must have at most \(longest) bytes without blanks, and has \(compact.count)")
    }
    return OpaqueObject(compactBytes: compact, canonicalBytes: value.canonicalBytes)
  }

  /// A list of objects. Each is read, and finished, by itself; its refusals name it: `legs[3].amount`.
  package mutating func objects(_ name: String, count: ClosedRange<Int>) throws(Problem) -> [RequestBody] {
    try required(name, optionalObjects(name, count: count))
  }

  package mutating func optionalObjects(
    _ name: String, count: ClosedRange<Int>
  ) throws(Problem) -> [RequestBody]? {
    guard let values = try list(name, of: "objects", count: count) else { return nil }
    let list = place.text(of: name)
    var objects: [RequestBody] = []
    objects.reserveCapacity(values.count)
    for index in values.indices {
      let place = FieldPlace(list: list, index: index)
      guard case .object(let object) = values[index] else { throw .field(place.text, "must be an object") }
      objects.append(try RequestBody(object, at: place))
    }
    return objects
  }

  /// A list of users' ids.
  package mutating func userIDs(_ name: String, count: ClosedRange<Int>) throws(Problem) -> [UserID] {
    try required(name, optionalUserIDs(name, count: count))
  }

  package mutating func optionalUserIDs(
    _ name: String, count: ClosedRange<Int>
  ) throws(Problem) -> [UserID]? {
    guard let values = try list(name, of: "texts", count: count) else { return nil }
    var users: [UserID] = []
    users.reserveCapacity(values.count)
    for index in values.indices {
      guard case .string(let text) = values[index], let user = UserID(text) else {
        throw .field("\(place.text(of: name))[\(index)]", "must be \(UserID.rule)")
      }
      users.append(user)
    }
    return users
  }

  /// Texts of one line each.
  mutating func optionalTexts(
    _ name: String, count: ClosedRange<Int>, bytes longest: Int
  ) throws(Problem) -> [String]? {
    guard let values = try list(name, of: "texts", count: count) else { return nil }
    var texts: [String] = []
    for (index, value) in values.enumerated() {
      guard case .string(let text) = value, 1...longest ~= text.utf8.count,
        !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else {
        throw .field(
          "\(place.text(of: name))[\(index)]",
          "must be a text of 1 to \(longest) bytes of UTF-8 without control characters")
      }
      texts.append(text)
    }
    return texts
  }

  private mutating func list(
    _ name: String, of kind: String, count: ClosedRange<Int>
  ) throws(Problem) -> [JSONValue]? {
    guard let value = value(name) else { return nil }
    guard case .array(let values) = value, count.contains(values.count) else {
      throw problem(name, "must be a list of \(count.lowerBound) to \(count.upperBound) \(kind)")
    }
    return values
  }
}
