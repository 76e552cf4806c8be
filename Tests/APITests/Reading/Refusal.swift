// What a reading was refused with, in a form that can be compared.
import HTTPServer

struct Refusal: Equatable {
  let code: String
  let field: String?
  let detail: String

  init(_ problem: Problem) {
    code = "\(problem.code.name)"
    detail = problem.detail
    var field: String?
    for member in problem.members {
      if case .text(let name, let value) = member, "\(name)" == "field" { field = value }
    }
    self.field = field
  }

  /// The refusal of what the body does, or nil if nothing was refused.
  static func of(_ body: () throws(Problem) -> Void) -> Refusal? {
    do throws(Problem) {
      try body()
      return nil
    } catch {
      return Refusal(error)
    }
  }
}
