// Tells when a file descriptor can be read or written. Our own sockets and libpq's are watched by the same
// few lines; whoever owns the descriptor does the reading and writing.
import CUV

/// What a descriptor is watched for, and what it turned out to be ready for.
package struct Readiness: OptionSet, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  package static let readable = Readiness(rawValue: Int32(UV_READABLE.rawValue))
  package static let writable = Readiness(rawValue: Int32(UV_WRITABLE.rawValue))
  /// The peer closed its end; the next read tells the rest.
  package static let hangUp = Readiness(rawValue: Int32(UV_DISCONNECT.rawValue))
}

/// The owner of a watched descriptor.
package protocol DescriptorOwner: AnyObject {
  /// An error on the descriptor is reported as both: reading or writing it will say what is wrong.
  func descriptorReady(_ readiness: Readiness)
}

/// One watched descriptor. It does not own it, but the descriptor may be closed only after `close()`.
@safe
package final class DescriptorWatch {
  /// Unowned: the owner holds this watch and closes it before it goes away.
  private unowned let owner: any DescriptorOwner
  private let loop: EventLoop
  private let handle = UnsafeMutablePointer<uv_poll_t>.allocate(capacity: 1)
  private var interest: Readiness = []
  private var isClosed = false

  package init(descriptor: Int32, on loop: EventLoop, owner: any DescriptorOwner) {
    self.owner = owner
    self.loop = loop
    let status = unsafe uv_poll_init(loop.handles.loop, handle, descriptor)
    precondition(status == 0, "Only an open descriptor, watched by nobody else, can be watched.")
    // Retained until `watchClosed`: libuv may still call back while the handle closes.
    unsafe handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
  }

  package func watch(for readiness: Readiness) {
    guard !isClosed, readiness != interest else { return }
    interest = readiness
    if readiness.isEmpty {
      unsafe uv_poll_stop(handle)
    } else {
      unsafe uv_poll_start(handle, readiness.rawValue, descriptorReady)
    }
  }

  /// Ends the watch; the owner is not called again, and may close its descriptor now.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    interest = []
    unsafe uv_poll_stop(handle)
    unsafe uv_close(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self), watchClosed)
  }

  fileprivate func ready(status: Int32, events: Int32) {
    guard !isClosed else { return }
    loop.beginTurn()
    if status < 0 {
      // libuv has stopped the handle by itself; the next `watch` must start it again.
      interest = []
      owner.descriptorReady([.readable, .writable])
    } else {
      owner.descriptorReady(Readiness(rawValue: events))
    }
  }

  deinit {
    unsafe handle.deallocate()
  }
}

@c(points_descriptor_ready)
private func descriptorReady(_ handle: UnsafeMutablePointer<uv_poll_t>?, _ status: Int32, _ events: Int32) {
  guard let context = unsafe handle?.pointee.data else { return }
  unsafe Unmanaged<DescriptorWatch>.fromOpaque(context).takeUnretainedValue()
    .ready(status: status, events: events)
}

@c(points_watch_closed)
private func watchClosed(_ handle: UnsafeMutablePointer<uv_handle_t>?) {
  guard let context = unsafe handle?.pointee.data else { return }
  unsafe Unmanaged<DescriptorWatch>.fromOpaque(context).release()
}
