// Small files read and written whole. None of them is opened through a link: the directories belong to an
// account that is less trusted than root.

private import Glibc

extension Disk {
  /// Writes a file that only its owner may read.
  static func write(
    _ contents: [UInt8], to path: String, owner: UnprivilegedAccount?
  ) throws(EmbeddedServersError) {
    let descriptor = try openFile(path, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(descriptor) }
    try writeAll(contents, to: descriptor, path: path)
    try give(path, to: owner)
  }

  /// Nil when there is no such file, or it may not be read.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readToEnd(descriptor)
  }

  static func readText(_ path: String) -> String? {
    read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Opens a file for ourselves alone, made when it is missing; the caller closes the descriptor.
  static func openFile(_ path: String, _ flags: Int32) throws(EmbeddedServersError) -> Int32 {
    let descriptor = unsafe open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .fileSystem(action: "open", path: path, errno: errno) }
    return descriptor
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(EmbeddedServersError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .fileSystem(action: "write", path: path, errno: errno) }
      rest = rest.dropFirst(count)
    }
  }

  static func readToEnd(_ descriptor: Int32) -> [UInt8] {
    var contents: [UInt8] = []
    while true {
      let chunk = Descriptor.readSome(from: descriptor)
      if chunk.isEmpty { return contents }
      contents += chunk
    }
  }
}
