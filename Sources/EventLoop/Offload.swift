// Some calls block whatever one does: name look-up, PQcancel, a password hash. They run on libuv's few
// threads while the loop goes on, and the task that asked resumes on the loop.
import CUV

/// Why blocking work was not taken.
package enum OffloadError: Error, Sendable {
  /// Too much is waiting already; the caller should answer that it is overloaded.
  case queueFull
}

extension EventLoop {
  /// How many blocking calls one loop lets wait or run at a time.
  package static var offloadLimit: Int { 256 }

  /// Runs the closure on another thread and resumes here with its result.
  package func offload<Result: Sendable>(
    _ work: @escaping @Sendable () -> Result
  ) async throws(OffloadError) -> Result {
    preconditionInside()
    guard offloaded < Self.offloadLimit else { throw .queueFull }
    offloaded += 1
    let answer = OneShot<Result>()
    let request = OffloadRequest {
      let result = work()
      return { answer.fulfil(result) }
    }
    request.start(on: self)
    let result = await answer.value()
    offloaded -= 1
    return result
  }
}

/// One piece of work on its way through libuv's pool.
@safe
private final class OffloadRequest {
  private let request = UnsafeMutablePointer<uv_work_t>.allocate(capacity: 1)
  private let work: @Sendable () -> (@Sendable () -> Void)
  private var finish: (@Sendable () -> Void)?

  init(_ work: @escaping @Sendable () -> (@Sendable () -> Void)) {
    self.work = work
  }

  deinit {
    unsafe request.deallocate()
  }

  /// Retained until `offloadFinished`.
  func start(on loop: EventLoop) {
    unsafe request.pointee.data = Unmanaged.passRetained(self).toOpaque()
    unsafe uv_queue_work(loop.handles.loop, request, offloadRun, offloadFinished)
  }

  /// On a thread of the pool.
  func run() {
    finish = work()
  }

  /// Back on the loop.
  func finished() {
    finish?()
  }
}

@c(points_offload_run)
private func offloadRun(_ request: UnsafeMutablePointer<uv_work_t>?) {
  guard let context = unsafe request?.pointee.data else { return }
  unsafe Unmanaged<OffloadRequest>.fromOpaque(context).takeUnretainedValue().run()
}

@c(points_offload_finished)
private func offloadFinished(_ request: UnsafeMutablePointer<uv_work_t>?, _ status: Int32) {
  guard let context = unsafe request?.pointee.data else { return }
  unsafe Unmanaged<OffloadRequest>.fromOpaque(context).takeRetainedValue().finished()
}
