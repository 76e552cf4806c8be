// The image, judged without an engine to build it.

import Foundation
import Testing

struct DockerfileTests {
  private let file: Dockerfile
  private let list: PackageList

  init() throws {
    file = try Dockerfile()
    list = try PackageList()
  }

  @Test func `the compiler stays behind in the first of two stages`() throws {
    try #require(file.stages.count == 2)
    #expect(file.stages[0][0].argument.hasPrefix("swift:6.3-bookworm "))
    #expect(file.stages[1][0].argument == "debian:bookworm-slim", "the same Debian, or the libraries differ")
    #expect(file.stages[0].contains { $0.argument.contains("--static-swift-stdlib") })
  }

  @Test func `each stage installs what the list of packages says`() throws {
    try #require(file.stages.count == 2)
    #expect(Dockerfile.packages(of: file.stages[0]) == list.packages(for: "build"))
    #expect(Dockerfile.packages(of: file.stages[1]) == list.packages(for: "image"))
    #expect(!list.packages(for: "build").isEmpty && !list.packages(for: "image").isEmpty)
  }

  @Test func `the service does not run as root`() throws {
    let user = try #require(file.last("USER"))
    // A number, because an orchestrator can only tell of a number that it is not root.
    #expect(Int(user).map { $0 > 0 } == true)
    let created = file.stages.last?.contains { $0.name == "RUN" && $0.argument.contains("--uid \(user) ") }
    #expect(created == true)
  }

  @Test func `the image starts, listens and reports its health by the service itself`() {
    #expect(file.last("ENTRYPOINT") == #"["points"]"#)
    #expect(file.last("CMD") == #"["serve"]"#)
    #expect(file.last("EXPOSE") == "8080")
    #expect(file.last("ENV")?.hasPrefix("POINTS_LISTEN=0.0.0.0:8080") == true)
    #expect(file.last("HEALTHCHECK")?.hasSuffix(#"CMD ["points", "health"]"#) == true)
  }

  @Test func `every setting it names exists`() throws {
    let named = Repository.settingNames(in: try Repository.text("Dockerfile"))
    #expect(!named.isEmpty)
    #expect(named.subtracting(try Repository.documentedSettings()) == [])
  }

  @Test func `what the build reads is sent to it and nothing else`() throws {
    let lines = try Repository.text(".dockerignore").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.first == "*")
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("!") })
    // Package.swift may place a target in any top-level folder by `path:`.
    let manifest = try Repository.text("Package.swift")
    let folders = manifest.matches(of: /path: "([^"\/]+)/).map { String($0.output.1) }
    for needed in ["Package.swift", "Sources", "Tests"] + folders {
      #expect(lines.contains("!\(needed)"), "\(needed) is not sent to the build")
    }
    // The sources link to it, so that the document has one place.
    let link = Repository.root.appending(path: "Sources/COpenAPI/openapi.yaml").path(percentEncoded: false)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "../../docs/openapi.yaml")
    #expect(lines.contains("!docs/openapi.yaml"))
  }
}
