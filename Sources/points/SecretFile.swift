// The file a secret is kept in: small, and text. It may be a pipe that a shell or an orchestrator fills.
import Configuration
import Glibc

enum SecretFile {
  private static let sizeMax = 64 * 1024

  static func read(_ path: String) throws(UnreadableFile) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: sizeMax)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      content += chunk[..<count]
      guard content.count <= sizeMax else { throw UnreadableFile(reason: "it is larger than 64 KiB") }
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw UnreadableFile(reason: "it is not text")
    }
    return text
  }

  /// Keeps a secret for its owner only; what was in the file is gone. Whether it could be kept.
  @discardableResult
  static func keep(_ secret: String, in path: String) -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let bytes = Array((secret + "\n").utf8)
    return unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) } == bytes.count
  }
}

extension UnreadableFile {
  /// The system's reason for the call that has just failed.
  static var last: UnreadableFile {
    UnreadableFile(reason: unsafe String(cString: strerror(errno)))
  }
}
