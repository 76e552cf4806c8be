// What a command says to the person who ran it: results to standard output, trouble to standard error.
import Glibc

enum Terminal {
  static func say(_ line: String) {
    put(line, on: 1)
  }

  static func complain(_ line: String) {
    put(line, on: 2)
  }

  private static func put(_ line: String, on descriptor: Int32) {
    let bytes = Array((line + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
      }
      guard count > 0 else { return }
      written += count
    }
  }
}
