// What a job is called, and what it is for: all that those need who list jobs and do not run them.

package struct JobTitle: Sendable, Equatable {
  package let name: String
  /// A sentence.
  package let summary: String

  package init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}
