// Requests sent ahead are answered one after the other, in their order, within bounds.
import Foundation
import Testing

@testable import HTTPServer

extension OverSockets {
  struct PipeliningTests {
    @Test func `a thousand pipelined requests are answered in order and in few writes`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send((0..<1000).map { get("/number/\($0)") }.joined())
        for number in 0..<1000 { #expect(try client.answer().text == "\(number)") }
        #expect(client.receptions < 100)
      }
    }

    @Test func `handlers that wait are answered in order too`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send((0..<200).map { get($0 % 3 == 0 ? "/sleep/\($0)" : "/number/\($0)") }.joined())
        for number in 0..<200 { #expect(try client.answer().text == "\(number)") }
      }
    }

    @Test func `answers larger than the output may be do not stop the pipeline`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server)
        try client.send((0..<20).map { get("/big") + get("/number/\($0)") }.joined())
        for number in 0..<20 {
          #expect(try client.answer().body.count == RoutesUnderTest.bigCount)
          #expect(try client.answer().text == "\(number)")
        }
      }
    }

    @Test func `what is sent while answers wait to be read keeps its order`() async throws {
      var limits = ServerLimits.brief
      limits.outputHighWater = 1_500_000
      try await ServerUnderTest.running(limits: limits) { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        // More than the kernel takes, so that some of it waits and later requests are kept.
        try client.send(String(repeating: get("/big"), count: 10))
        for number in 0..<2000 {
          try client.send(get("/number/\(number)"))
        }
        for _ in 0..<10 { #expect(try client.answer().body.count == RoutesUnderTest.bigCount) }
        for number in 0..<2000 {
          let text = try client.answer().text
          guard text == "\(number)" else {
            Issue.record("\(text) instead of \(number)")
            return
          }
        }
      }
    }

    @Test func `a client that has said its last word gets all it asked for`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        try client.send(String(repeating: get("/big"), count: 10) + get("/sleep/1") + get("/number/2"))
        client.finishSending()
        for _ in 0..<10 { #expect(try client.answer().body.count == RoutesUnderTest.bigCount) }
        #expect(try client.answer().text == "1")
        #expect(try client.answer().text == "2")
        #expect(try client.isAtEnd())
      }
    }

    @Test func `a large last answer is not cut by a client that has said its last word`() async throws {
      try await ServerUnderTest.running { server in
        let client = try RawClient(server, receiveBuffer: 4096)
        try client.send(String(repeating: get("/big"), count: 9) + get("/big", "Connection: close"))
        client.finishSending()
        let answers = try client.answersToEnd()
        #expect(answers.map(\.body.count) == Array(repeating: RoutesUnderTest.bigCount, count: 10))
      }
    }

    @Test func `a large last answer may take longer than the server lingers`() async throws {
      var limits = ServerLimits.brief
      limits.lingerTimeout = .milliseconds(50)
      limits.idleTimeout = .milliseconds(50)
      try await ServerUnderTest.running(limits: limits) { server in
        for last in [get("/big", "Connection: close"), get("/big")] {
          let client = try RawClient(server, receiveBuffer: 4096)
          try client.send(String(repeating: get("/big"), count: 9) + last)
          let first = try client.answer()
          // The pause is the case under test: the server's short times pass while much is still unread.
          usleep(200_000)
          let answers = try [first] + client.answersToEnd()
          #expect(answers.map(\.body.count) == Array(repeating: RoutesUnderTest.bigCount, count: 10))
        }
      }
    }
  }
}
