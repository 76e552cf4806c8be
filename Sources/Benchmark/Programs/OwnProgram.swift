// Our own program, which the bench runs as anybody would.
private import Glibc

enum OwnProgram {
  /// The link itself would lead to whichever program follows it.
  static func path() throws(BenchmarkError) -> String {
    guard let resolved = unsafe realpath("/proc/self/exe", nil) else {
      throw .refused(action: "find our own program", errno: errno)
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
