// The method of a request. The routable methods are cases without a payload, so a method is one byte to copy
// and an array index. A method we do not know stays readable in the head of its request.

package enum HTTPMethod: UInt8, Sendable, CaseIterable {
  case get, head, post, put, patch, delete, options
  /// A well-formed method that no route can be registered for.
  case other

  /// The name as it stands on the wire; empty for `other`, whose name only its request knows.
  package var name: StaticString {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .other: ""
    }
  }

  /// Method names are case-sensitive: "get" is not GET.
  init(_ bytes: Span<UInt8>) {
    self =
      switch bytes.count {
      case 3 where bytes.spells("GET"): .get
      case 3 where bytes.spells("PUT"): .put
      case 4 where bytes.spells("POST"): .post
      case 4 where bytes.spells("HEAD"): .head
      case 5 where bytes.spells("PATCH"): .patch
      case 6 where bytes.spells("DELETE"): .delete
      case 7 where bytes.spells("OPTIONS"): .options
      default: .other
      }
  }
}
