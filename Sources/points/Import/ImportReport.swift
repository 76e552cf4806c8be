// Where refused lines go: into the report if one was asked for, else the first of them to standard error.
// Each run goes through the whole file, so each writes its report anew.
import Glibc
import Imports

final class ImportReport {
  private static let shownMax = 20

  private let path: String?
  private let descriptor: Int32
  private var header: ImportHeader?
  private(set) var count: Int64 = 0

  init(_ path: String?, besides file: ImportFile) throws(CommandFailure) {
    self.path = path
    guard let path else {
      descriptor = -1
      return
    }
    guard !file.isSame(as: path) else {
      throw CommandFailure(description: "the report would overwrite the file that is imported")
    }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("\(path) cannot be written") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func begin(_ header: ImportHeader) throws(CommandFailure) {
    self.header = header
    try put(RefusedLine.csvHeader(for: header))
  }

  func add(_ lines: [RefusedLine]) throws(CommandFailure) {
    guard !lines.isEmpty, let header else { return }
    if path == nil {
      for line in lines.prefix(max(0, Self.shownMax - Int(count))) {
        Terminal.complain("points import: \(line.sentence)")
      }
    } else {
      try put(lines.map { $0.csv(under: header) }.joined())
    }
    count += Int64(lines.count)
  }

  /// Where a person finds what was refused.
  var place: String {
    if let path { return "see \(path)" }
    return count > Self.shownMax
      ? "the first \(Self.shownMax) are above; --report FILE lists all" : "see above"
  }

  private func put(_ text: String) throws(CommandFailure) {
    guard let path else { return }
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("\(path) cannot be written") }
      written += count
    }
  }
}
