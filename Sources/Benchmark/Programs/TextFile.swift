// Small files read and written whole: those of /proc, and the ones we hand to tools.
private import Glibc

enum TextFile {
  static func read(_ path: String) throws(BenchmarkError) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .refused(action: "open \(path)", errno: errno) }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { throw .refused(action: "read \(path)", errno: errno) }
      if count == 0 { return String(decoding: contents, as: UTF8.self) }
      contents += chunk[..<count]
    }
  }

  static func write(_ contents: [UInt8], to path: String) throws(BenchmarkError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .refused(action: "make \(path)", errno: errno) }
    defer { close(descriptor) }
    let written = unsafe contents.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == contents.count else { throw .refused(action: "write \(path)", errno: errno) }
  }
}
