// Two connected sockets. Unlike those of `pipe`, they are closed on exec from their first moment, so that a
// server started by another thread in between does not inherit them.

private import Glibc

enum SocketPair {
  static func make() throws(EmbeddedServersError) -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .processLimit(action: "open a pair of sockets", errno: errno)
    }
    return (ends[0], ends[1])
  }
}
