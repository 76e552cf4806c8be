// make clean-data removes what is ours and idle, and nothing else. The script finds the data beside itself,
// so each test gives it a project of its own.

import Foundation
import Testing

struct CleanDataTests {
  private let project: URL
  private var data: URL { project.appending(path: ".points") }

  init() throws {
    project = FileManager.default.temporaryDirectory.appending(path: "clean-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: project.appending(path: ".points/postgres"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: project.appending(path: ".make"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: ".make/clean-data"),
      to: project.appending(path: ".make/clean-data"))
    try Data("4242".utf8).write(to: data.appending(path: "lock"))
  }

  private var script: String { path(project.appending(path: ".make/clean-data")) }

  private func path(_ url: URL) -> String { url.path(percentEncoded: false) }

  private func removeProject() {
    try? FileManager.default.removeItem(at: project)
  }

  @Test func `idle data are removed, and their absence is no error`() throws {
    defer { removeProject() }
    #expect(try Repository.run("/bin/bash", [script]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: path(data)))
    #expect(try Repository.run("/bin/bash", [script]).status == 0)
  }

  @Test func `data in use stay, and the process that uses them is named`() throws {
    defer { removeProject() }
    let lock = path(data.appending(path: "lock"))
    let answer = try Repository.run("/usr/bin/flock", [lock, "/bin/bash", script])
    #expect(answer.status == 1)
    #expect(String(decoding: answer.output, as: UTF8.self).contains("process 4242"))
    #expect(FileManager.default.fileExists(atPath: path(data.appending(path: "postgres"))))
  }

  @Test(arguments: ["/etc", "/var/lib/points-dev/..", "/var/lib/points-dev/", "/var/lib/points-dev/a/../b"])
  func `a link that is not ours is followed nowhere`(target: String) throws {
    defer { removeProject() }
    let link = path(data.appending(path: "servers"))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let answer = try Repository.run("/bin/bash", [script])
    #expect(answer.status == 1)
    #expect(String(decoding: answer.output, as: UTF8.self).contains("not ours to remove"))
    #expect(FileManager.default.fileExists(atPath: path(data)))
  }
}
