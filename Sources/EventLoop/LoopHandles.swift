// The libuv side of a loop: one uv_loop_t and the handles that make a turn out of it.
//
// A libuv iteration runs: timers, idle, prepare, poll, check. The poll waits for sockets, for the eventfd of
// `async`, or until `timer` is due; `check` comes right after it and is where a turn is settled. `prepare`
// settles what was left before the first poll. `idle`, when it is active, keeps the poll from waiting.
import CUV

/// Owns the libuv loop and its own handles; freed by `close()` when `run()` is over.
@safe
final class LoopHandles {
  let loop = UnsafeMutablePointer<uv_loop_t>.allocate(capacity: 1)
  private let async = UnsafeMutablePointer<uv_async_t>.allocate(capacity: 1)
  private let prepare = UnsafeMutablePointer<uv_prepare_t>.allocate(capacity: 1)
  private let check = UnsafeMutablePointer<uv_check_t>.allocate(capacity: 1)
  private let idle = UnsafeMutablePointer<uv_idle_t>.allocate(capacity: 1)
  private let timer = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
  private var armedTick: UInt64?
  private var isIdling = false

  init() {
    unsafe uv_loop_init(loop)
    unsafe uv_async_init(loop, async) { _ in }
    unsafe uv_prepare_init(loop, prepare)
    unsafe uv_check_init(loop, check)
    unsafe uv_idle_init(loop, idle)
    unsafe uv_timer_init(loop, timer)
  }

  /// Binds the handles to their loop. Unretained: the loop owns the handles and outlives `run()`.
  func open(for eventLoop: EventLoop) {
    let context = unsafe Unmanaged.passUnretained(eventLoop).toOpaque()
    unsafe prepare.pointee.data = context
    unsafe check.pointee.data = context
    unsafe timer.pointee.data = context
    unsafe uv_prepare_start(prepare, loopWillPoll)
    unsafe uv_check_start(check, loopDidPoll)
  }

  func run() {
    unsafe uv_run(loop, UV_RUN_DEFAULT)
  }

  func stop() {
    unsafe uv_stop(loop)
  }

  /// Safe from any thread while the handles are open; the inbox sees to that.
  func wake() {
    unsafe uv_async_send(async)
  }

  /// Sets the end of the next poll's wait; a repeat for the same tick costs nothing.
  func arm(tick: UInt64?, in milliseconds: UInt64) {
    guard tick != armedTick else { return }
    armedTick = tick
    if tick == nil {
      unsafe uv_timer_stop(timer)
    } else {
      unsafe uv_update_time(loop)
      unsafe uv_timer_start(timer, loopTimerFired, milliseconds, 0)
    }
  }

  fileprivate func timerFired() {
    armedTick = nil
  }

  func pollWithoutWaiting(_ flag: Bool) {
    guard flag != isIdling else { return }
    isIdling = flag
    if flag {
      unsafe uv_idle_start(idle) { _ in }
    } else {
      unsafe uv_idle_stop(idle)
    }
  }

  /// Closes every handle and frees the loop. Handles of others
  /// must be closed before; one left open is a bug of its owner.
  func close() {
    unsafe uv_close(UnsafeMutableRawPointer(async).assumingMemoryBound(to: uv_handle_t.self), nil)
    unsafe uv_close(UnsafeMutableRawPointer(prepare).assumingMemoryBound(to: uv_handle_t.self), nil)
    unsafe uv_close(UnsafeMutableRawPointer(check).assumingMemoryBound(to: uv_handle_t.self), nil)
    unsafe uv_close(UnsafeMutableRawPointer(idle).assumingMemoryBound(to: uv_handle_t.self), nil)
    unsafe uv_close(UnsafeMutableRawPointer(timer).assumingMemoryBound(to: uv_handle_t.self), nil)
    unsafe uv_run(loop, UV_RUN_NOWAIT)
    let status = unsafe uv_loop_close(loop)
    precondition(status == 0, "A loop ended while a socket or a signal of it was still open.")
    unsafe async.deallocate()
    unsafe prepare.deallocate()
    unsafe check.deallocate()
    unsafe idle.deallocate()
    unsafe timer.deallocate()
    unsafe loop.deallocate()
  }
}

private func eventLoop(_ context: UnsafeMutableRawPointer?) -> EventLoop? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue()
}

@c(points_loop_will_poll)
private func loopWillPoll(_ handle: UnsafeMutablePointer<uv_prepare_t>?) {
  unsafe eventLoop(handle?.pointee.data)?.settleLeftovers()
}

@c(points_loop_did_poll)
private func loopDidPoll(_ handle: UnsafeMutablePointer<uv_check_t>?) {
  unsafe eventLoop(handle?.pointee.data)?.settle()
}

@c(points_loop_timer_fired)
private func loopTimerFired(_ handle: UnsafeMutablePointer<uv_timer_t>?) {
  unsafe eventLoop(handle?.pointee.data)?.handles.timerFired()
}
