// What the bench reads and writes for others: answers of
// HTTP, texts of the kernel, the configuration of nginx.

import Testing

@testable import Benchmark

@Suite struct ReadingTests {
  private static let text =
    "HTTP/1.1 200 OK\r\nDate: x\r\nContent-Type: application/json\r\ncontent-length: 15\r\n\r\n"
    + #"{"status":"ok"}"#

  @Test func `an answer is complete with its last byte and not before`() throws {
    let bytes = Array(Self.text.utf8)
    for count in bytes.indices { #expect(HTTPAnswer(Array(bytes[..<count])) == nil) }
    let answer = try #require(HTTPAnswer(bytes))
    #expect(answer.status == 200 && answer.contentType == "application/json")
    #expect(String(decoding: answer.body, as: UTF8.self) == #"{"status":"ok"}"#)
  }

  @Test func `an answer without a length is never complete`() {
    #expect(HTTPAnswer(Array("HTTP/1.1 200 OK\r\n\r\n{}".utf8)) == nil)
  }

  @Test func `memory is read from the two texts of the kernel`() throws {
    let memory = try MemoryUse(
      status: "Name:\tpoints\nVmHWM:\t    9000 kB\nVmRSS:\t    8192 kB\n",
      smaps: "55d0-7fff ---p 00000000 00:00 0    [rollup]\nRss:   8192 kB\nPss:   4096 kB\nPss_Dirty:  1 kB\n"
    )
    #expect(memory.resident == 8192 && memory.proportional == 4096)
  }

  @Test func `a kernel that does not tell gives no figure`() {
    #expect(throws: BenchmarkError.self) { try MemoryUse(status: "VmRSS:\t 1 kB\n", smaps: "Rss: 1 kB\n") }
    #expect(throws: BenchmarkError.self) { try MemoryUse(status: "VmRSS:\t 1 MB\n", smaps: "Pss: 1 kB\n") }
  }

  @Test func `nginx is told to answer what the service answers`() throws {
    let answer = try #require(HTTPAnswer(Array(Self.text.utf8)))
    let text = NginxConfiguration(directory: "/tmp/x", port: 12345, answer: answer).text
    #expect(text.contains(#"return 200 '{"status":"ok"}';"#))
    #expect(text.contains("default_type 'application/json';"))
    #expect(text.contains("listen 127.0.0.1:12345;") && text.contains("access_log off;"))
  }

  @Test func `single members are read out of an answer`() {
    let text = #"{"members":12,"drift":-3,"state":"ready","comparison":null,"source":{"checked":7}}"#
    #expect(JSONText.number("members", in: text) == 12 && JSONText.number("drift", in: text) == -3)
    #expect(JSONText.number("checked", in: text) == 7 && JSONText.number("state", in: text) == nil)
    #expect(JSONText.text("state", in: text) == "ready" && JSONText.text("members", in: text) == nil)
    #expect(JSONText.text("absent", in: text) == nil)
    #expect(JSONText.has("source", in: text) && !JSONText.has("comparison", in: text))
    #expect(!JSONText.has("absent", in: text))
  }

  @Test func `a missing tool is named with its package`() {
    #expect("\(BenchmarkError.missingTool(name: "wrk", package: "wrk"))".contains("Debian package wrk"))
  }
}
