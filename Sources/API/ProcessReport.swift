// What a whole process tells about itself: its workers, and what belongs to none of them.

/// One process's counters.
package struct ProcessReport: Sendable {
  package let workers: [WorkerReport]
  /// Connections turned away because as many were open as may be.
  package let refusedConnections: Int
  /// Log lines that nobody read in time.
  package let droppedLogLines: Int

  package init(workers: [WorkerReport], refusedConnections: Int, droppedLogLines: Int) {
    self.workers = workers
    self.refusedConnections = refusedConnections
    self.droppedLogLines = droppedLogLines
  }
}
