// Unix signals as events of a loop, so that a handler may do anything a handler of ours may do.
import CUV

/// Calls its closure on the loop each time the process gets the signal.
@safe
package final class SignalWatch {
  private let handle = UnsafeMutablePointer<uv_signal_t>.allocate(capacity: 1)
  private let received: () -> Void
  private var isClosed = false

  package init(signal: Int32, on loop: EventLoop, received: @escaping () -> Void) {
    self.received = received
    unsafe uv_signal_init(loop.handles.loop, handle)
    // Retained until `signalWatchClosed`.
    unsafe handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
    unsafe uv_signal_start(handle, signalReceived, signal)
  }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    unsafe uv_close(
      UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self), signalWatchClosed)
  }

  fileprivate func call() {
    if !isClosed { received() }
  }

  deinit {
    unsafe handle.deallocate()
  }
}

@c(points_signal_received)
private func signalReceived(_ handle: UnsafeMutablePointer<uv_signal_t>?, _ signal: Int32) {
  guard let context = unsafe handle?.pointee.data else { return }
  unsafe Unmanaged<SignalWatch>.fromOpaque(context).takeUnretainedValue().call()
}

@c(points_signal_watch_closed)
private func signalWatchClosed(_ handle: UnsafeMutablePointer<uv_handle_t>?) {
  guard let context = unsafe handle?.pointee.data else { return }
  unsafe Unmanaged<SignalWatch>.fromOpaque(context).release()
}
