// The operations of docs/openapi.yaml, told by the indentation of their lines: paths by two columns, methods
// by four, what belongs to a method by six.
import Foundation

struct ContractDocument {
  struct Operation: Hashable, CustomStringConvertible {
    let method: String
    let path: String

    var description: String { "\(method) \(path)" }
  }

  let text: String
  /// Each operation with the lines of it.
  let operations: [Operation: [Substring]]

  init() throws {
    let text = try Self.text(of: "docs/openapi.yaml")
    var operations: [Operation: [Substring]] = [:]
    var path = ""
    var operation: Operation?
    let lines = text.split(separator: "\n").drop { $0 != "paths:" }.dropFirst()
    for line in lines.prefix(while: { $0.hasPrefix(" ") }) {
      if let found = line.wholeMatch(of: /\ {2}(\/\S*):/) {
        path = String(found.1)
        operation = nil
      } else if let found = line.wholeMatch(of: /\ {4}(get|put|post|patch|delete):/) {
        operation = Operation(method: found.1.uppercased(), path: path)
      } else if let operation {
        operations[operation, default: []].append(line)
      }
    }
    self.text = text
    self.operations = operations
  }

  /// A file of this repository.
  static func text(of path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The value of a member that stands on one line.
  func value(of name: String, in operation: Operation) -> String? {
    let start = "      \(name): "
    return operations[operation]?.first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }
}
