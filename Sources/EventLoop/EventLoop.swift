// One thread, one loop: everything a worker does happens here, in turns. A turn
// waits for sockets and timers, lets their owners react, runs the tasks that
// became ready, and only then flushes: the writes of one turn leave together.
//
// The loop is the executor of its handlers. A handler started here stays
// here: awaiting Redis, Postgres or a timer suspends it and resumes it on
// this very thread, at the cost of a queue entry and not of a thread switch.
//
// State below is touched on the loop's thread only, but for the inbox. The compiler cannot see that, hence
// `@unchecked Sendable`; `preconditionInside()` guards the doors.
import CUV
import Glibc
import Synchronization

/// A single-threaded event loop over libuv, and the task executor of everything that runs on it.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
  package let name: String
  package let clock: LoopClock
  let inbox = Inbox()
  private let thread = Atomic<UInt>(0)
  private let taskCount = Atomic<Int>(0)

  // MARK: Loop thread only

  let handles = LoopHandles()
  var ready: [UnownedJob] = []
  private var spare: [UnownedJob] = []
  private var flushing: [any Flushable] = []
  private var flushingFirst: [any Flushable] = []
  private var flushed: [any Flushable] = []
  var wheel: TimingWheel<any DeadlineOwner>
  var passedDeadlines: [(DeadlineID, any DeadlineOwner)] = []
  var offloaded = 0
  /// The time at which this turn began; good enough for deadlines, and free.
  package internal(set) var now: MonotonicInstant
  /// Whether `now` was read since the last poll.
  private var isTurning = false
  package private(set) var statistics = LoopStatistics()
  /// One buffer for all sockets of this loop: bytes are parsed or copied before the next read.
  let readBuffer = ReadBuffer(capacity: 64 * 1024)

  /// Jobs run in one turn before sockets are looked at again, so that busy tasks cannot starve the wire.
  private static let jobsPerTurn = 4096

  package init(name: String, clock: LoopClock = .system) {
    self.name = name
    self.clock = clock
    now = clock.now
    wheel = TimingWheel(now: now.tick)
    handles.open(for: self)
    if case .manual(let manual) = clock { manual.attach(self) }
  }

  // MARK: Running

  /// Turns until `stop()`; the calling thread becomes the loop's thread.
  package func run() {
    precondition(thread.load(ordering: .relaxed) == 0, "A loop runs once, on one thread.")
    thread.store(currentThread(), ordering: .sequentiallyConsistent)
    now = clock.now
    handles.run()
    inbox.close()
    // A thread of libuv's pool that is still busy for this loop will report to its memory, which must then
    // stay.
    if offloaded == 0 { handles.close() }
    if case .manual(let manual) = clock { manual.detach(self) }
  }

  /// Ends `run()` after the current turn; callable from any thread. Whoever stops a loop has seen to it that
  /// nothing waits on it any more.
  package func stop() {
    post { [self] in handles.stop() }
  }

  /// Whether the caller is on the loop's thread.
  @inline(always)
  package var isInside: Bool {
    thread.load(ordering: .relaxed) == currentThread()
  }

  @inline(always)
  package func preconditionInside() {
    precondition(isInside, "Loop state was touched from another thread.")
  }

  // MARK: Work from elsewhere

  /// Runs the closure on the loop's thread; callable from any thread, keeps order.
  package func post(_ work: @escaping @Sendable () -> Void) {
    inbox.append(work, wake: handles.wake)
  }

  func wake() {
    post {}
  }

  /// Starts a task that never leaves this loop. Called on the loop it begins at once, up to its first wait.
  @discardableResult
  package func spawn(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    taskCount.add(1, ordering: .relaxed)
    return isInside
      ? Task.immediate(executorPreference: self) { await self.count(operation) }
      : Task(executorPreference: self) { await self.count(operation) }
  }

  private func count(_ operation: @Sendable () async -> Void) async {
    await operation()
    taskCount.subtract(1, ordering: .relaxed)
  }

  /// Tasks started by `spawn` that have not ended.
  package var runningTasks: Int { taskCount.load(ordering: .relaxed) }

  // MARK: TaskExecutor

  package func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    if isInside {
      ready.append(unowned)
    } else {
      inbox.append(unowned, wake: handles.wake)
    }
  }

  // MARK: The turn

  /// Has the object flushed once at the end of this turn, after every ready task has run.
  package func flushLater(_ flushable: any Flushable) {
    flushing.append(flushable)
  }

  /// The same before what is flushed later and has not begun: for what others are asked, so that they are at
  /// it while we write to those who asked us.
  package func flushFirst(_ flushable: any Flushable) {
    flushingFirst.append(flushable)
  }

  /// The first to speak after a poll reads the clock for all: the loop may have waited for minutes.
  @inline(__always)
  func beginTurn() {
    guard !isTurning else { return }
    isTurning = true
    now = clock.now
  }

  /// Called when sockets and timers have spoken: runs tasks
  /// and flush hooks until neither makes work for the other.
  func settle() {
    beginTurn()
    for work in inbox.drain(into: &ready) { work() }
    expireDeadlines()
    var budget = Self.jobsPerTurn
    repeat {
      runReadyJobs(&budget)
      flush()
    } while !ready.isEmpty && budget > 0
    armTimer()
    handles.pollWithoutWaiting(!ready.isEmpty)
    statistics.noteTurn(from: now, to: clock.now)
    isTurning = false
  }

  /// Before the poll: what was made ready outside a turn, by
  /// the first caller or a timer, must not wait for a socket.
  func settleLeftovers() {
    let isWorkLeft = !ready.isEmpty || !flushing.isEmpty || !flushingFirst.isEmpty
    if isWorkLeft { settle() } else { armTimer() }
  }

  private func runReadyJobs(_ budget: inout Int) {
    while !ready.isEmpty && budget > 0 {
      budget -= ready.count
      statistics.jobs &+= ready.count
      swap(&ready, &spare)
      for job in spare {
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      }
      spare.removeAll(keepingCapacity: true)
    }
  }

  private func flush() {
    while true {
      if !flushingFirst.isEmpty {
        swap(&flushingFirst, &flushed)
      } else if !flushing.isEmpty {
        swap(&flushing, &flushed)
      } else {
        return
      }
      for flushable in flushed { flushable.flush() }
      flushed.removeAll(keepingCapacity: true)
    }
  }
}

/// Something that collects work during a turn and does it all at once at the turn's end.
package protocol Flushable: AnyObject {
  func flush()
}

@inline(always)
func currentThread() -> UInt {
  UInt(pthread_self())
}
