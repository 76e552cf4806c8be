// The words of the C library for an error number.

private import Glibc

enum SystemError {
  static func sentence(_ number: Int32) -> String {
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: words)
  }
}
