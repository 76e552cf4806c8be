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
}

extension UnreadableFile {
  /// The system's reason for the call that has just failed.
  fileprivate static var last: UnreadableFile {
    UnreadableFile(reason: unsafe String(cString: strerror(errno)))
  }
}
