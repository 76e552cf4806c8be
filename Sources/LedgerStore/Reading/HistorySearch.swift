// How hard a page of a filtered history is looked for. A statement is short, so that other readings come in
// between and no time-out is near, even where every version has to be fetched from a disk. A page ends well
// before anybody gives up waiting for it.

package struct HistorySearch: Sendable {
  /// So many versions are read by one statement.
  package var versionsPerStep: Int64 = 5000
  /// So many statements make a page at most.
  package var stepsMax = 200
  /// No further step is begun after this time.
  package var time = Duration.seconds(1)

  package init() {}
}
