// Servers of HTTP/2 that break its rules, or want to be kept in memory. Every one ends as an error of the
// call that met it, and never as an answer.
import TestSupport
import Testing

@testable import PointsClient

struct HostileServerTests {
  enum Trick: CaseIterable {
    case headTooLong, endlessInterimAnswers, noStatus, capitals, lengthTooShort, lengthTooLong, bodyTooLong
    case push, dataFirst, fieldsWithoutEnd, badCompression, hugeFrame, windowBeyondBounds
  }

  private static func frames(_ trick: Trick, to stream: UInt32) -> [Frame] {
    let ok = [(":status", "200"), ("content-type", "application/json")]
    let body = Frame(.data, flags: Frame.endStream, stream: stream, Array("{}".utf8))
    switch trick {
    case .headTooLong:
      let long = String(repeating: "x", count: 3_000)
      return [.request(stream, ok + (0..<5).map { ("x-\($0)", long) }), body]
        + [.request(stream, (0..<5).map { ("y-\($0)", long) }), body]
    case .endlessInterimAnswers:
      return Array(repeating: .request(stream, [(":status", "103")], endsStream: false), count: 9)
    case .noStatus:
      return [.request(stream, [("content-type", "application/json")], endsStream: false), body]
    case .capitals:
      return [.request(stream, ok + [("X-Odd", "1"), (":path", "/")], endsStream: false), body]
    case .lengthTooShort: return [.request(stream, ok + [("content-length", "1")], endsStream: false), body]
    case .lengthTooLong: return [.request(stream, ok + [("content-length", "3")], endsStream: false), body]
    case .bodyTooLong:
      return [.request(stream, ok, endsStream: false)]
        + ServerStreams.data([UInt8](repeating: 0x20, count: 16 << 20 | 1), on: stream)
    case .push: return [Frame(.pushPromise, flags: Frame.endHeaders, stream: stream, Frame.big(2))]
    case .dataFirst: return [body]
    case .fieldsWithoutEnd:
      let part = Frame(.continuation, stream: stream, [UInt8](repeating: 0x82, count: 16_000))
      return [Frame(.headers, stream: stream, Frame.block(ok))] + Array(repeating: part, count: 40)
    case .badCompression:
      return [Frame(.headers, flags: Frame.endHeaders, stream: stream, [0xFF, 0xFF, 0xFF])]
    case .hugeFrame: return [Frame(.data, stream: stream, [UInt8](repeating: 0x20, count: 1 << 20))]
    case .windowBeyondBounds: return Array(repeating: .windowUpdate(0, by: 0x7FFF_FFFF), count: 2)
    }
  }

  @Test(arguments: Trick.allCases)
  func `what is no answer is told as such or as lost, and the next call goes well`(trick: Trick) async throws
  {
    let counter = Counter()
    try await withClient(
      options: .patient(.http2),
      script: { connection in
        while let request = connection.readRequest() {
          connection.send(
            counter.next() == 1
              ? Self.frames(trick, to: request.stream)
              : ServerStreams.answer(HTTP2ConnectionTests.balance, to: request.stream))
        }
      }
    ) { points, server in
      let error = await pointsError { () throws(PointsError) in try await points.balance(userID: "1") }
      switch error {
      case .invalidAnswer: break
      default: Issue.record("\(String(describing: error))")
      }
      let balance = try await points.balance(userID: "123")
      #expect(balance.balance == 10)
      #expect(server.requests.count == 2)
    }
  }

  @Test func `an answer that ends before its request does is an answer`() async throws {
    let accounts = (0..<1_000).map { Account(userID: String(repeating: "u", count: 120) + "\($0)") }
    try await withClient(
      options: .quick(.http2),
      script: { connection in
        connection.begin()
        connection.playDead()
        // Its fields have come, its body is held up by the window.
        connection.read { $0.begun > 0 }
        connection.send(ServerStreams.answer(ScriptedAnswers.problem(413, "body_too_large"), to: 1))
        connection.read { $0.resets[1] != nil }
        connection.send(.windowUpdate(0, by: 1 << 20))
        while connection.read(until: { !$0.unanswered.isEmpty }) {
          connection.write(HTTP2ConnectionTests.balance)
        }
      }
    ) { points, server in
      let error = await pointsError { () throws(PointsError) in try await points.balances(accounts) }
      guard case .refused(let problem) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(problem.status == 413)
      let balance = try await points.balance(userID: "123")
      #expect(balance.balance == 10)
      #expect(server.connectionsAccepted == 1)
    }
  }
}
