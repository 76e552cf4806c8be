// Where a field stands in a body, for the sentence that refuses it: "legs[3].amount". It is put into words
// only when something is wrong; a thousand legs that are right cost no text.
import HTTPServer

struct FieldPlace: Sendable {
  static let body = FieldPlace(list: "", index: 0)

  /// The name of the list that holds the object, with all that leads to it; empty for the body itself.
  let list: String
  let index: Int

  /// What the object itself is called; empty for the body.
  var text: String { list.isEmpty ? "" : "\(list)[\(index)]" }

  func text(of name: String) -> String { list.isEmpty ? name : "\(list)[\(index)].\(name)" }
}

extension Problem {
  /// Refuses a field of a body by its full name: `"legs[3].amount" must be ...`.
  static func field(_ name: String, _ words: String, code: ProblemCode = .validationFailed) -> Problem {
    Problem(code, "The field \"\(name)\" \(words).", members: [.text("field", name)])
  }
}
