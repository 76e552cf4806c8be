// How far a run is, as its duty tells: whoever waits for it reads this in the job's row, from any process.
package import LedgerStore
import Synchronization

package final class JobProgress: Sendable {
  private let told = Mutex<JobSteps?>(nil)

  package init() {}

  package func tell(done: Int64, of total: Int64?) {
    told.withLock { $0 = JobSteps(done: done, total: total) }
  }

  package var steps: JobSteps? { told.withLock { $0 } }
}
