// A set of methods in one byte: what a path takes, for the Allow field.

package struct AllowedMethods: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package init(_ method: HTTPMethod) {
    rawValue = method == .other ? 0 : 1 << method.rawValue
  }

  package func contains(_ method: HTTPMethod) -> Bool {
    method != .other && rawValue & (1 << method.rawValue) != 0
  }
}

extension AllowedMethods: CustomStringConvertible {
  /// As the Allow field has it: "GET, HEAD, OPTIONS".
  package var description: String {
    HTTPMethod.allCases.filter(contains).map(\.name.description).joined(separator: ", ")
  }
}
