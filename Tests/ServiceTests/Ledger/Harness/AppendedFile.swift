// What Redis appends to its file: a part of the end is lost when a machine goes, and with it what Redis was
// told last.
import EmbeddedServers
import Foundation

/// The file that it writes to now.
struct AppendedFile {
  private let place: URL

  /// Nil while there is none.
  init?(of servers: EmbeddedServers) throws {
    let directory = URL(filePath: servers.directory).appending(path: "redis/appendonlydir")
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    let appended = files.filter { $0.lastPathComponent.hasSuffix(".incr.aof") }
    guard let last = appended.max(by: { $0.lastPathComponent < $1.lastPathComponent }) else { return nil }
    place = last
  }

  var length: Int {
    get throws { try FileManager.default.attributesOfItem(atPath: place.path)[.size] as? Int ?? 0 }
  }

  /// Takes so many bytes off its end; Redis must not run.
  func cut(_ bytes: Int) throws {
    guard bytes > 0 else { return }
    let file = try FileHandle(forUpdating: place)
    let length = try file.seekToEnd()
    try file.truncate(atOffset: length - min(length, UInt64(bytes)))
    try file.close()
  }
}
