// Sockets of one loop are read one at a time, so they share
// one buffer: an idle connection then costs no buffer.

/// A fixed block of memory that a socket reads into.
@safe
final class ReadBuffer {
  let memory: UnsafeMutableRawBufferPointer

  init(capacity: Int) {
    unsafe memory = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit {
    unsafe memory.deallocate()
  }
}
