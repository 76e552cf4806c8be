// What a release fixes for all of its processes. Two releases that run side by side differ in this at most;
// tests run two in one process.
package import BoardStore
package import LedgerStore

package struct ReleaseTraits: Sendable {
  /// How it lays mirrors out.
  package var layout = MirrorLayout.current
  /// Which schema it knows.
  package var migrations = Migration.all

  package init() {}
}
