// What --version says, in the words of several releases.

import Testing

@testable import EmbeddedServers

struct ProgramVersionTests {
  @Test(arguments: [
    ("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n", "15.20", 15),
    ("postgres (PostgreSQL) 17beta1\n", "17beta1", 17),
    ("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d\n", "7.0.15", 7),
    ("Redis server v=255.255.255 sha=0\n", "255.255.255", 255),
  ])
  func `the version is found among the words`(answer: String, text: String, major: Int) throws {
    let version = try #require(ProgramVersion(answer: answer))
    #expect(version.text == text)
    #expect(version.major == major)
  }

  @Test(arguments: ["", "sh: not found\n", "v=unknown\n"])
  func `an answer without a number has no version`(answer: String) {
    #expect(ProgramVersion(answer: answer) == nil)
  }
}
