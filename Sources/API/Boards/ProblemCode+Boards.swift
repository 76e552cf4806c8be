// What boards may answer instead of what was asked for.
package import HTTPServer

extension ProblemCode {
  package static var notRanked: Self {
    Self("not_ranked", .notFound, "The user is not on this board.")
  }
}
