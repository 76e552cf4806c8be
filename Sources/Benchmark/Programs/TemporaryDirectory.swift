// A directory of our own for configurations, gone with the value.
private import Glibc

struct TemporaryDirectory: ~Copyable {
  let path: String

  init() throws(BenchmarkError) {
    var template = Array("/tmp/points-bench-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw .refused(action: "make a directory in /tmp", errno: errno)
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Only what is ours is in it: files, and empty directories that nginx made.
  deinit {
    guard let stream = unsafe opendir(path) else { return }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { unsafe remove("\(path)/\(name)") }
    }
    unsafe rmdir(path)
  }
}
