// The file that is imported, or standard input, read piece by piece beside the loop: a pipe may keep one
// waiting for as long as it likes.
import EventLoop
import Glibc

final class ImportFile: Sendable {
  private static let pieceBytes = 256 * 1024

  private let descriptor: Int32
  private let path: String
  /// Unknown of a pipe.
  let size: Int64?

  init(_ path: String) throws(CommandFailure) {
    self.path = path == "-" ? "standard input" : path
    descriptor = path == "-" ? dup(0) : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("\(path) cannot be read") }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system("\(path) cannot be read") }
    size = status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil
  }

  deinit { close(descriptor) }

  /// Nothing at the end.
  func read(on loop: EventLoop) async throws(CommandFailure) -> [UInt8]? {
    let outcome: Result<[UInt8], CommandFailure>
    do throws(OffloadError) {
      outcome = try await loop.offload { [self] in readPiece() }
    } catch {
      throw CommandFailure(description: "\(path) cannot be read: \(error)")
    }
    let piece = try outcome.get()
    return piece.isEmpty ? nil : piece
  }

  private func readPiece() -> Result<[UInt8], CommandFailure> {
    while true {
      var count = 0
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { buffer, initialized in
        count = unsafe Glibc.read(descriptor, buffer.baseAddress, Self.pieceBytes)
        initialized = max(0, count)
      }
      if count >= 0 { return .success(piece) }
      if errno != EINTR { return .failure(.system("\(path) cannot be read")) }
    }
  }

  /// Whether that path leads to this very file.
  func isSame(as other: String) -> Bool {
    var (own, its) = (stat(), stat())
    guard unsafe fstat(descriptor, &own) == 0, unsafe stat(other, &its) == 0 else { return false }
    return own.st_dev == its.st_dev && own.st_ino == its.st_ino
  }
}

extension CommandFailure {
  /// With the system's reason for the call that has just failed.
  static func system(_ what: String) -> CommandFailure {
    CommandFailure(description: "\(what): \(unsafe String(cString: strerror(errno)))")
  }
}
