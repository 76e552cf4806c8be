// Python's datetime and zoneinfo, which read the same files with other code.
import Foundation

/// Questions are collected and asked at once; each has an answer, in the same order.
struct ZoneinfoOracle {
  private var questions: [String] = []
  private var zone: String?

  mutating func ask(offsetAt second: Int, in zone: String) { ask("U \(second)", in: zone) }
  mutating func ask(secondShowing local: Int, in zone: String) { ask("L \(local)", in: zone) }
  mutating func ask(dateAfter days: Int) { questions.append("D \(days)") }

  private mutating func ask(_ question: String, in zone: String) {
    if self.zone != zone { questions.append("Z \(zone)") }
    self.zone = zone
    questions.append(question)
  }

  func answers() throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "calendar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (asked, answered) = (folder.appending(path: "questions"), folder.appending(path: "answers"))
    try Data((questions.joined(separator: "\n") + "\n").utf8).write(to: asked)
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    let script = String(decoding: PackageResources.zoneinfo_oracle_py, as: UTF8.self)
    python.arguments = ["python3", "-c", script, asked.path, answered.path]
    python.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONTZPATH": "/usr/share/zoneinfo"]
    try python.run()
    python.waitUntilExit()
    guard python.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: try Data(contentsOf: answered), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }
}
