// The promises of the loop: nothing leaves its thread,
// nothing waits on a thread, nothing is forgotten at the end.
import EventLoop
import Glibc
import Synchronization
import Testing

@Suite struct EventLoopTests {
  @Test func `a task and what it awaits stay on the loop's thread`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    let strays = Atomic(0)
    await onLoop(loop) {
      for _ in 0..<100 {
        if !loop.isInside { strays.add(1, ordering: .relaxed) }
        try? await loop.sleep(for: .microseconds(1))
        if !loop.isInside { strays.add(1, ordering: .relaxed) }
        _ = try? await loop.offload { loop.isInside ? strays.add(1, ordering: .relaxed) : (0, 0) }
        if !loop.isInside { strays.add(1, ordering: .relaxed) }
      }
    }
    thread.stopAndJoin()
    let strayed = strays.load(ordering: .relaxed)
    #expect(strayed == 0)
  }

  @Test func `ten thousand sleeping tasks need no further thread`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    await onLoop(loop) {
      let before = threadCount()
      for _ in 0..<10_000 {
        loop.spawn { try? await loop.sleep(for: .milliseconds(20)) }
      }
      try? await loop.sleep(for: .milliseconds(10))
      // Other suites run beside this one and may start a few threads of their own; ten thousand would show.
      #expect(threadCount() < before + 100)
      while loop.runningTasks > 1 { try? await loop.sleep(for: .milliseconds(1)) }
    }
    thread.stopAndJoin()
  }

  @Test func `a sleep ends when the test's clock says so and not before`() async {
    let clock = ManualClock()
    let thread = LoopThread(running: EventLoop(name: "test", clock: .manual(clock)))
    let loop = thread.loop
    let woke = Atomic(false)
    let sleeping = await withCheckedContinuation { continuation in
      loop.post {
        let task = loop.spawn {
          try? await loop.sleep(for: .seconds(30))
          woke.store(true, ordering: .relaxed)
        }
        continuation.resume(returning: task)
      }
    }
    clock.advance(by: .milliseconds(29_999))
    await onLoop(loop) {}
    let wokeEarly = woke.load(ordering: .relaxed)
    #expect(!wokeEarly)
    clock.advance(by: .milliseconds(2))
    await sleeping.value
    let wokeInTime = woke.load(ordering: .relaxed)
    #expect(wokeInTime)
    thread.stopAndJoin()
  }

  @Test func `a cancelled sleep ends at once`() async {
    let thread = LoopThread(running: EventLoop(name: "test", clock: .manual(ManualClock())))
    let loop = thread.loop
    let outcome = Mutex("still asleep")
    let sleeping = await withCheckedContinuation { continuation in
      loop.post {
        let task = loop.spawn {
          do throws(SleepCancelled) {
            try await loop.sleep(for: .seconds(3600))
            outcome.withLock { $0 = "woke" }
          } catch {
            outcome.withLock { $0 = "cancelled" }
          }
        }
        continuation.resume(returning: task)
      }
    }
    sleeping.cancel()
    await sleeping.value
    #expect(outcome.withLock { $0 } == "cancelled")
    thread.stopAndJoin()
  }

  @Test func `posts from many threads all arrive, each thread's in order`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    let seen = Seen()
    await withTaskGroup { group in
      for poster in 0..<4 {
        group.addTask {
          for number in 0..<5_000 {
            loop.post { seen.numbers.withLock { $0[poster, default: []].append(number) } }
          }
        }
      }
    }
    await onLoop(loop) {}
    thread.stopAndJoin()
    for poster in 0..<4 { #expect(seen.numbers.withLock { $0[poster] } == Array(0..<5_000)) }
  }

  @Test func `a flush comes after every ready task, and again when the flush made work`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    let recorder = FlushRecorder(loop: loop)
    await onLoop(loop) {
      let first = OneShot<Void>()
      loop.spawn { [recorder] in
        await first.value()
        recorder.note("task")
      }
      loop.flushLater(recorder)
      first.fulfil(())
    }
    await recorder.secondFlush.value()
    await onLoop(loop) {}
    thread.stopAndJoin()
    #expect(recorder.events == ["task", "flush", "task made by the flush", "flush"])
  }

  @Test func `what others are asked leaves before what callers are answered, whoever came first`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    let order = FlushOrder()
    let question = OrderedFlush("question", order)
    let answer = OrderedFlush("answer", order) {
      loop.flushFirst(OrderedFlush("second question", order))
      loop.flushLater(OrderedFlush("second answer", order))
      loop.flushFirst(OrderedFlush("third question", order))
    }
    await onLoop(loop) {
      loop.flushLater(answer)
      loop.flushLater(OrderedFlush("other answer", order))
      loop.flushFirst(question)
    }
    await onLoop(loop) {}
    thread.stopAndJoin()
    // Answers of which some have been written are written to the end.
    #expect(
      order.names == [
        "question", "answer", "other answer", "second question", "third question", "second answer",
      ])
  }

  @Test func `a thread that gathers interrupts nobody when it is woken`() async {
    let thread = LoopThread(running: EventLoop(name: "test"), gathers: true)
    let seen = Seen()
    await onLoop(thread.loop) { seen.numbers.withLock { $0[0] = [Int(sched_getscheduler(0))] } }
    thread.stopAndJoin()
    // SCHED_BATCH has no name here.
    #expect(seen.numbers.withLock { $0[0] } == [3])
  }

  @Test func `a task resumed by another thread comes back to its loop`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let other = LoopThread(running: EventLoop(name: "other"))
    let loop = thread.loop
    let otherLoop = other.loop
    let strays = Atomic(0)
    await onLoop(loop) {
      for _ in 0..<100 {
        await withCheckedContinuation { continuation in
          otherLoop.post { continuation.resume() }
        }
        if !loop.isInside { strays.add(1, ordering: .relaxed) }
      }
    }
    other.stopAndJoin()
    thread.stopAndJoin()
    let strayed = strays.load(ordering: .relaxed)
    #expect(strayed == 0)
  }

  @Test func `tasks that never rest keep nobody else from the loop`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    let isOver = Atomic(false)
    await onLoop(loop) {
      for _ in 0..<4 {
        loop.spawn {
          while !isOver.load(ordering: .relaxed) { await Task.yield() }
        }
      }
      // Both need the loop to look at its timers and its inbox between the jobs.
      try? await loop.sleep(for: .milliseconds(5))
      await withCheckedContinuation { continuation in loop.post { continuation.resume() } }
      isOver.store(true, ordering: .relaxed)
      while loop.runningTasks > 1 { await Task.yield() }
    }
    thread.stopAndJoin()
  }

  @Test func `a signal reaches its watch on the loop`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    await onLoop(loop) {
      let heard = OneShot<Bool>()
      let watch = SignalWatch(signal: SIGUSR1, on: loop) { heard.fulfil(loop.isInside) }
      kill(getpid(), SIGUSR1)
      let wasInside = await heard.value()
      watch.close()
      #expect(wasInside)
    }
    thread.stopAndJoin()
  }

  @Test func `a host name is resolved, and one that is none fails with its name`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    await onLoop(loop) {
      let numeric = try? await loop.resolve(host: "::1", port: 80)
      #expect(numeric?.map(\.description) == ["[::1]:80"])
      let local = try? await loop.resolve(host: "localhost", port: 81)
      let areLoopback = local?.allSatisfy { $0.isLoopback && $0.port == 81 }
      #expect(areLoopback == true)
      do throws(SocketError) {
        _ = try await loop.resolve(host: "no-such-host.invalid", port: 1)
        Issue.record("a name under .invalid was resolved")
      } catch {
        #expect(error.description.contains("no-such-host.invalid"))
      }
    }
    thread.stopAndJoin()
  }

  @Test func `offloading has a bound`() async {
    let thread = LoopThread(running: EventLoop(name: "test"))
    let loop = thread.loop
    let gate = Mutex(())
    await onLoop(loop) {
      let refused = Atomic(0)
      let finished = Atomic(0)
      // The pool's threads wait for the gate, so that the queue behind them fills.
      gate._unsafeLock()
      for _ in 0..<(EventLoop.offloadLimit + 5) {
        loop.spawn {
          do throws(OffloadError) {
            try await loop.offload { gate.withLock { _ in } }
          } catch {
            refused.add(1, ordering: .relaxed)
          }
          finished.add(1, ordering: .relaxed)
        }
      }
      let refusals = refused.load(ordering: .relaxed)
      #expect(refusals == 5)
      gate._unsafeUnlock()
      while finished.load(ordering: .relaxed) < EventLoop.offloadLimit + 5 {
        try? await loop.sleep(for: .milliseconds(1))
      }
    }
    thread.stopAndJoin()
  }
}

/// Runs the body as a task of the loop and waits for its end.
func onLoop(_ loop: EventLoop, _ body: @escaping @Sendable () async -> Void) async {
  await withCheckedContinuation { continuation in
    loop.spawn {
      await body()
      continuation.resume()
    }
  }
}

private func threadCount() -> Int {
  var count = 0
  guard let directory = unsafe opendir("/proc/self/task") else { return 0 }
  while unsafe readdir(directory) != nil { count += 1 }
  unsafe closedir(directory)
  return count
}

private final class Seen: Sendable {
  let numbers = Mutex<[Int: [Int]]>([:])
}

private final class FlushOrder: @unchecked Sendable {
  var names: [String] = []
}

private final class OrderedFlush: Flushable, @unchecked Sendable {
  private let name: String
  private let order: FlushOrder
  private let next: () -> Void

  init(_ name: String, _ order: FlushOrder, next: @escaping () -> Void = {}) {
    (self.name, self.order, self.next) = (name, order, next)
  }

  func flush() {
    order.names.append(name)
    next()
  }
}

private final class FlushRecorder: Flushable, @unchecked Sendable {
  let loop: EventLoop
  let secondFlush = OneShot<Void>()
  private(set) var events: [String] = []

  init(loop: EventLoop) {
    self.loop = loop
  }

  func note(_ event: String) {
    events.append(event)
  }

  func flush() {
    note("flush")
    guard events.filter({ $0 == "flush" }).count == 1 else { return secondFlush.fulfil(()) }
    loop.spawn { [self] in
      note("task made by the flush")
      loop.flushLater(self)
    }
  }
}
