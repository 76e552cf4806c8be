// What breaks in the middle of a batch: between its locks and its commit, around the commit, or anywhere.
import EmbeddedServers
import Foundation
import Synchronization
import TestSupport
import Testing

extension WholeService {
  @Suite struct BatchFaultTests {
    /// Each process has a way of its own to Postgres.
    private func proxied() async throws -> (installation: Installation, proxies: [CuttingProxy]) {
      let installation = try await Installation.make()
      let proxies = try (0..<2).map { _ in try CuttingProxy(to: installation.servers.postgres.port) }
      return (installation, proxies)
    }

    @Test func `connections cut anywhere in a batch lose nothing and double nothing`() async throws {
      let (installation, proxies) = try await proxied()
      defer { for proxy in proxies { proxy.close() } }
      var random = SeededGenerator.forThisRun()
      var ordeal = try Ordeal(installation, proxies.map(installation.databaseSettings))
      try ordeal.endure { load in
        for number in 0..<16 {
          let proxy = proxies[number % 2]
          let cuts = proxy.cuts
          let bytes = Int.random(in: 1...20_000, using: &random)
          if Bool.random(using: &random) {
            proxy.cut(afterRequestBytes: bytes)
          } else {
            proxy.cut(afterReplyBytes: bytes)
          }
          #expect(Eventually.holds(within: .seconds(10)) { proxy.cuts > cuts })
        }
      }
    }

    @Test(arguments: [CuttingProxy.Trap.cutBefore, .cutAfter])
    func `a batch whose commit is cut off is done once`(trap: CuttingProxy.Trap) async throws {
      let (installation, proxies) = try await proxied()
      defer { for proxy in proxies { proxy.close() } }
      var ordeal = try Ordeal(installation, proxies.map(installation.databaseSettings))
      let ports = ordeal.services.ports
      // Of a type of their own, so that the boards of the load are those of its awards.
      let type = Call.post(
        "/points/types", #"{"name":"side","displayName":"Side"}"#, as: installation.admin)
      #expect(try Caller(port: ports[0]).ask(type).status == 201)
      try ordeal.endure { _ in
        for number in 0..<4 {
          let proxy = proxies[number % 2]
          let cuts = proxy.cuts
          let reason = "cut-\(number)"
          proxy.set(trap, at: reason)
          // With a key and without one: either way it is found, or made again.
          let call = Call.post(
            "/points/award",
            #"{"userId":"u\#(number)","amount":5,"reason":"\#(reason)","pointType":"side"}"#,
            as: installation.service, once: number < 2 ? reason : nil)
          let answer = try Caller(port: ports[number % 2]).ask(call)
          #expect(proxy.cuts > cuts)
          #expect(answer.status == 201 && !answer.isReplay, "\(answer.body)")
          let other = try Caller(port: ports[1 - number % 2])
          let history = try other.ask(
            .get("/points/history?userId=u\(number)&pointType=side", as: installation.service))
          let ids = history.json["transactions"].list.map { $0["id"].text }
          #expect(ids == [answer.json["transaction"]["id"].text])
        }
      }
    }

    @Test(arguments: [false, true])
    func `a worker that stands still between lock and commit holds up its own accounts, and not for ever`(
      isCommittedMeanwhile: Bool
    ) async throws {
      let (installation, proxies) = try await proxied()
      defer { for proxy in proxies { proxy.close() } }
      let services = try ServicePair(on: installation, proxies.map(installation.databaseSettings))
      try installation.waitUntilMirrored(services.ports)
      let other = try Caller(port: services.ports[1])
      let ports = services.ports
      let award = { @Sendable (user: String, name: String) in
        Call.post(
          "/points/award", #"{"userId":"\#(user)","amount":1,"reason":"\#(name)"}"#,
          as: installation.service, once: name)
      }
      #expect(try other.ask(award("hot", "before")).status == 201)

      proxies[0].set(.hold, at: "held-up")
      // As long as it takes until the lock has ended, and some time for a busy machine.
      let patience = Duration.seconds(60)
      let stopped = Background {
        try Caller(port: ports[0], patience: patience).ask(award("hot", "held-up"))
      }
      #expect(Eventually.holds(within: .seconds(10)) { proxies[0].cuts == 1 })
      services[0].suspend()
      defer { services[0].resume() }
      if isCommittedMeanwhile { proxies[0].release() }
      // Others' accounts are not held up at all, not even behind somebody who waits.
      let waiting = Background {
        try Caller(port: ports[1], patience: patience).ask(award("hot", "meanwhile"))
      }
      let begin = ContinuousClock.now
      for number in 0..<20 { #expect(try other.ask(award("cold-\(number)", "cold-\(number)")).status == 201) }
      #expect(ContinuousClock.now - begin < .seconds(8))
      // The lock ends with the patience of Postgres for a silent session.
      let isDone = try Eventually.holds(within: .seconds(40)) {
        let answer = try other.ask(award("hot", "meanwhile"))
        return answer.status == 201
      }
      #expect(isDone)
      #expect([201, 503].contains(waiting.wait()?.status))

      services[0].resume()
      proxies[0].release()
      let answer = stopped.wait()
      #expect([201, 503].contains(answer?.status), "\(answer?.body ?? "no answer")")
      let again = try other.ask(award("hot", "held-up"))
      #expect(again.status == 201, "\(again.body)")
      #expect(again.isReplay || (!isCommittedMeanwhile && answer?.status == 503))
      let history = try other.ask(.get("/points/history?userId=hot", as: installation.service))
      let reasons = history.json["transactions"].list.map { $0["reason"].text ?? "" }
      #expect(reasons.sorted() == ["before", "held-up", "meanwhile"])
      let audit = try LedgerAudit(
        port: services.ports[0], key: installation.service, users: ["hot"] + (0..<20).map { "cold-\($0)" })
      let expected = Dictionary(uniqueKeysWithValues: (0..<20).map { ("cold-\($0)", Int64(1)) })
        .merging(["hot": 3]) { $1 }
      #expect(try Eventually.holds(within: Ordeal.healing) { try audit.boardsShow(expected) })
    }
  }
}

/// A call that another thread waits for.
private final class Background: Sendable {
  private let outcome = Mutex<Result<Answer, any Error>?>(nil)
  private let isOver = DispatchSemaphore(value: 0)

  init(_ call: @escaping @Sendable () throws -> Answer) {
    Thread.detachNewThread { [self] in
      let result = Result { try call() }
      outcome.withLock { $0 = result }
      isOver.signal()
    }
  }

  /// Nil if it was not answered.
  func wait() -> Answer? {
    isOver.wait()
    return try? outcome.withLock { $0 }?.get()
  }
}
