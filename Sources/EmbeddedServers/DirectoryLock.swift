// One process at a time may run servers on a directory. Guards against two `points dev` on the same data: the
// second would take the first one's servers for leftovers of a crash, and end them. The kernel drops the lock
// when its holder dies, however it dies, so no stale lock can remain.

private import Glibc

struct DirectoryLock: ~Copyable {
  private let descriptor: Int32

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  static func take(in directory: String) throws(EmbeddedServersError) -> DirectoryLock {
    let path = "\(directory)/lock"
    let descriptor = try Disk.openFile(path, O_RDWR | O_CREAT)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Int(String(decoding: Disk.readToEnd(descriptor), as: UTF8.self))
      close(descriptor)
      throw .alreadyRunning(directory: directory, processID: holder)
    }
    let lock = DirectoryLock(descriptor: descriptor)
    _ = ftruncate(descriptor, 0)
    try Disk.writeAll(Array("\(ProcessTable.ownID)".utf8), to: descriptor, path: path)
    return lock
  }

  deinit {
    close(descriptor)
  }
}
