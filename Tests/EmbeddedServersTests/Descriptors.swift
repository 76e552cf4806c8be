// Descriptors as a less careful library would treat them.
import Glibc

enum Descriptors {
  /// Undoes close-on-exec.
  static func letExecKeep(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, 0)
  }

  static func close(_ pair: (Int32, Int32)) {
    _ = (Glibc.close(pair.0), Glibc.close(pair.1))
  }
}
