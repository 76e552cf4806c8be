// The Makefile, the list of packages and the scripts it calls.

import Foundation
import Testing

struct MakefileTests {
  @Test func `make alone lists every target`() throws {
    let answer = try Repository.run("/usr/bin/make", ["--no-print-directory"])
    let listed = String(decoding: answer.output, as: UTF8.self)
    #expect(answer.status == 0)
    for target in ["run", "test", "check", "contract", "bench", "fuzz", "clean-data", "help"] {
      #expect(listed.contains("make \(target) "))
    }
  }

  @Test func `every use of packages that the Makefile names is listed`() throws {
    let makefile = try Repository.text("Makefile")
    let uses = makefile.matches(of: /install-packages ([a-z ]+)/).flatMap {
      $0.output.1.split(separator: " ")
    }
    #expect(uses.count >= 8)
    #expect(Set(uses.map(String.init)).subtracting(try PackageList().names) == [])
  }

  @Test func `asking for what is installed does nothing`() throws {
    // The servers are: without them the tests beside these could not run.
    let answer = try Repository.run("/bin/bash", [".make/install-packages", "servers"])
    #expect(answer.status == 0)
    #expect(answer.output.isEmpty, "\(String(decoding: answer.output, as: UTF8.self))")
  }

  @Test func `an unknown use is refused`() throws {
    #expect(try Repository.run("/bin/bash", [".make/install-packages", "nonsense"]).status == 2)
  }

  @Test(arguments: [
    ".make/install-packages", ".make/clean-data", ".make/check-lua", ".make/run-tests", ".ci/run",
    "Tests/Contract/run",
  ])
  func `every script is executable and stops at its first error`(script: String) throws {
    let path = Repository.root.appending(path: script).path(percentEncoded: false)
    #expect(FileManager.default.isExecutableFile(atPath: path))
    #expect(try Repository.text(script).contains("\nset -euo pipefail\n"))
    #expect(try Repository.run("/bin/bash", ["-n", script]).status == 0)
  }

  @Test func `the continuous integration runs the tests, the checks, the contract and the fuzzers`() throws {
    let script = try Repository.text(".ci/run")
    for step in ["step test\n", "step check\n", "step contract\n", "step fuzz "] {
      #expect(script.contains(step))
    }
    #expect(script.contains("make --no-print-directory \"$@\""))
  }
}
