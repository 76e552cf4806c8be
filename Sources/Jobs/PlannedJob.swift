// A job as its author plans it: an operator may give it another schedule, or none.
package import LedgerStore

package struct PlannedJob: Sendable {
  package let title: JobTitle
  /// When it is due unless somebody says otherwise.
  package let expression: String

  package init(_ name: String, at expression: String, _ summary: String) {
    title = JobTitle(name, summary)
    self.expression = expression
  }
}
