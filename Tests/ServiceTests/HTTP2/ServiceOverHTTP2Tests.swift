// The real program spoken to in HTTP/2: postings and boards by clients that others wrote, live boards, very
// many requests at once, and its end while they are under way.
import Configuration
import EmbeddedServers
import Foundation
import PointsClient
import TestSupport
import Testing

extension WholeService {
  @Suite struct ServiceOverHTTP2Tests {
    private static let scripts = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../../RealClients").standardizedFileURL

    @Test(arguments: ["ledger_with_h2.py", "ledger_with_httpx.py"])
    func `others' clients award, and read balances, ranks and live boards`(script: String) async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([process.port])
      let python = Process()
      let pipe = Pipe()
      python.executableURL = URL(filePath: "/usr/bin/python3")
      python.arguments = [
        Self.scripts.appending(path: script).path, "\(process.port)", installation.service,
      ]
      python.standardOutput = pipe
      python.standardError = pipe
      try python.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      python.waitUntilExit()
      #expect(python.terminationStatus == 0, "\(String(decoding: output, as: UTF8.self))")
      #expect(process.stop() == .exited(0))
    }

    @Test func `a thousand awards at once on eight connections are each carried out once`() async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      let peers = try (0..<8).map { _ in try LedgerPeer(port: process.port) }
      for (number, peer) in peers.enumerated() {
        try peer.frames.read { peer.frames.settings[3] != nil }
        #expect(peer.frames.settings[3] == 128)
        for user in 0..<128 { try peer.award("u\(user)", number + 1, as: installation.service) }
      }
      for peer in peers {
        for stream in peer.asked { #expect(try peer.frames.answer(stream).status == 201) }
      }
      let caller = try Caller(port: process.port)
      for user in ["u0", "u64", "u127"] {
        let balance = try caller.ask(
          .get("/points/balance?userId=\(user)&consistency=ledger", as: installation.service))
        #expect(balance.body.contains(#""balance":36,"#) && balance.body.contains(#""version":8,"#))
      }
      #expect(process.stop() == .exited(0))
    }

    @Test func `a live board ends with its process, and goes on at another one from where it was`()
      async throws
    {
      let installation = try await Installation.make()
      let processes = [try ServiceProcess(on: installation), try ServiceProcess(on: installation)]
      try installation.waitUntilMirrored(processes.map(\.port))
      let writer = try LedgerPeer(port: processes[0].port)
      let award = { (user: String, amount: Int) in
        let stream = try writer.award(user, amount, as: installation.service)
        #expect(try writer.frames.answer(stream).status == 201)
      }
      try award("ada", 5)
      let listener = try LedgerPeer(port: processes[1].port)
      let board = try listener.listen(as: installation.reader)
      let rank = try listener.listen(
        to: "/points/leaderboard/rank/stream?userId=ada", as: installation.reader)
      #expect(try listener.event(on: board).data.contains(#""userId":"ada""#))
      #expect(try listener.event(on: rank).data.contains(#""rank":1"#))
      try award("bob", 9)
      let seen = try listener.event(on: board)
      #expect(seen.data.contains(#""userId":"bob""#))
      #expect(try listener.event(on: rank).data.contains(#""rank":2"#))

      let begin = ContinuousClock.now
      #expect(processes[1].stop() == .exited(0))
      #expect(ContinuousClock.now - begin < .seconds(8))
      for stream in [board, rank] { #expect(try listener.end(of: stream) == nil, "it ended as a whole") }
      #expect(try listener.frames.readToEnd() == 0)

      // On the connection that other requests go over too.
      let again = try writer.listen(as: installation.reader, having: seen.id)
      try award("cy", 20)
      let next = try writer.event(on: again)
      #expect(next.data.contains(#""userId":"cy""#), "what it had is not told again")
      #expect(processes[0].stop() == .exited(0))
    }

    @Test func `told to stop it says so, answers what was asked before, and ends`() async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([process.port])
      let peer = try LedgerPeer(port: process.port)
      let first = try peer.award("ada", 1, as: installation.service)
      #expect(try peer.frames.answer(first).status == 201)
      let board = try peer.listen(as: installation.reader)
      #expect(try peer.event(on: board).data.contains(#""userId":"ada""#))

      installation.servers.postgres.pause()
      defer { installation.servers.postgres.resume() }
      let asked = try (0..<60).map { try peer.award("user\($0)", 7, as: installation.service) }
      // The echo comes when all before it has been read.
      try peer.frames.send(Frame(.ping, [UInt8](repeating: 7, count: 8)))
      try peer.frames.read { peer.frames.pongs == 1 }
      process.terminate()
      try peer.frames.read { peer.frames.goAways == 2 }
      #expect(peer.frames.goAway?.code == 0 && peer.frames.goAway?.last == asked.last)
      let late = try peer.award("late", 7, as: installation.service)
      #expect(Eventually.holds(within: .seconds(20)) { (try? Caller(port: process.port)) == nil })
      installation.servers.postgres.resume()
      for stream in asked { #expect(try peer.frames.answer(stream).status == 201) }
      #expect(try peer.end(of: board) == nil)
      #expect(try peer.frames.readToEnd() == 0)
      #expect(peer.frames.answers[late] == nil)
      #expect(process.stop() == .exited(0))
    }

    @Test func `the client sends nothing twice and loses nothing when its service is replaced`() async throws
    {
      let installation = try await Installation.make()
      let port = try LoopbackPort.choose()
      let settings = ["POINTS_LISTEN": "127.0.0.1:\(port)"]
      var process = try ServiceProcess(on: installation, settings)
      let points = try PointsClient(
        url: "http://127.0.0.1:\(port)", key: installation.service,
        options: ClientOptions(
          protocolVersion: .http2, callTimeout: .seconds(60),
          retry: RetryPolicy(attempts: 400, longestPause: .milliseconds(200))))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<20 {
          group.addTask {
            for _ in 0..<100 { try await points.award(userID: "u\(worker)", amount: 1) }
          }
        }
        for _ in 0..<2 {
          #expect(process.stop() == .exited(0))
          process = try ServiceProcess(on: installation, settings)
        }
        try await group.waitForAll()
      }
      for worker in 0..<20 {
        let balance = try await points.balance(userID: "u\(worker)", consistency: .ledger)
        #expect(balance.balance == 100 && balance.version == 100)
      }
      await points.shutdown()
      #expect(process.stop() == .exited(0))
    }

    /// Every call is made until it is answered, some of its tries are cancelled somewhere on their way.
    @Test(arguments: [ProtocolVersion.http1, .http2])
    func `calls that are cancelled and made again count once each`(version: ProtocolVersion) async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      let points = try PointsClient(
        url: "http://127.0.0.1:\(process.port)", key: installation.service,
        options: ClientOptions(protocolVersion: version))
      let delays = SeededGenerator.forThisRun()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<20 {
          var delays = SeededGenerator(seed: delays.seed &+ UInt64(worker))
          group.addTask {
            for number in 0..<25 {
              let key = IdempotencyKey("award-\(worker)-\(number)")
              for _ in 0..<3 {
                let delay = Duration.microseconds(Int64.random(in: 0...8_000, using: &delays))
                let attempt = Task {
                  try await points.award(userID: "u\(worker)", amount: 1, idempotencyKey: key)
                }
                let canceller = Task {
                  try? await Task.sleep(for: delay)
                  attempt.cancel()
                }
                _ = await attempt.result
                canceller.cancel()
              }
              try await points.award(userID: "u\(worker)", amount: 1, idempotencyKey: key)
            }
          }
        }
        try await group.waitForAll()
      }
      for worker in 0..<20 {
        let balance = try await points.balance(userID: "u\(worker)", consistency: .ledger)
        #expect(balance.balance == 25 && balance.version == 25)
      }
      await points.shutdown()
      #expect(process.stop() == .exited(0))
    }

    // MARK: Settings

    @Test func `what is set is what a client is told`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.http2Streams = 3
        $0.http2Window = .mebibytes(1)
      } _: { service in
        let peer = try LedgerPeer(port: service.port)
        try peer.frames.read { peer.frames.windowUpdates[0] != nil }
        #expect(peer.frames.settings[3] == 3 && peer.frames.settings[4] == 1 << 20)
        #expect(peer.frames.windowUpdates[0] == 1 << 20 - 65_535)
      }
    }

    @Test func `without HTTP/2 its preface is an odd request, and the client falls back`() async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation, ["POINTS_HTTP2": "off"])
      let caller = try Caller(port: process.port)
      try caller.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
      #expect([400, 505].contains(try caller.answer().status))
      let url = "http://127.0.0.1:\(process.port)"
      let points = try PointsClient(
        url: url, key: installation.service, options: ClientOptions(retry: .never))
      try await points.award(userID: "ada", amount: 7, idempotencyKey: nil)
      let balance = try await points.balance(userID: "ada", consistency: .ledger)
      #expect(balance.balance == 7)
      await points.shutdown()
      let insisting = try PointsClient(
        url: url, key: installation.service,
        options: ClientOptions(protocolVersion: .http2, retry: .never))
      await #expect(throws: PointsError.unreachable("what answers does not speak HTTP/2")) {
        try await insisting.balance(userID: "ada")
      }
      await insisting.shutdown()
      #expect(process.stop() == .exited(0))
    }
  }
}
