// What is remembered about keys, and for how long: without a clock or a database.
import Cryptography
import EventLoop
import Ledger
import LedgerStore
import Testing

@testable import API

@Suite struct KeyCacheTests {
  private let start = MonotonicInstant(nanoseconds: 1_000_000_000)
  private let key = Digest(of: [1])

  @Test func `an answer is good for two seconds, and asked for again beforehand`() {
    var cache = KeyCache()
    _ = cache.learn(key, caller("game"), asked: start)
    #expect(cache.word(on: key, at: start) == "game")
    #expect(cache.word(on: key, at: start + .milliseconds(999)) == "game")
    #expect(cache.word(on: key, at: start + .seconds(1)) == "game, refresh")
    #expect(cache.word(on: key, at: start + .milliseconds(1999)) == "game, refresh")
    #expect(cache.word(on: key, at: start + .seconds(2)) == "ask, else game")
    #expect(cache.word(on: key, at: start + .milliseconds(59_999)) == "ask, else game")
    #expect(cache.word(on: key, at: start + .seconds(60)) == "ask")
  }

  @Test func `a refusal is believed for a second, and replaces what was known`() {
    var cache = KeyCache()
    _ = cache.learn(key, caller("game"), asked: start)
    cache.learnRefusal(key, asked: start)
    #expect(cache.word(on: key, at: start + .milliseconds(999)) == "refused")
    #expect(cache.word(on: key, at: start + .seconds(1)) == "ask")
    _ = cache.learn(key, caller("game"), asked: start)
    #expect(cache.word(on: key, at: start) == "game")
  }

  @Test func `a caller that is as before stays the same, and a changed one is replaced`() {
    var cache = KeyCache()
    let first = cache.learn(key, caller("game"), asked: start)
    let again = cache.learn(key, caller("game"), asked: start + .seconds(1))
    #expect(first === again)
    #expect(cache.word(on: key, at: start + .milliseconds(1900)) == "game")
    let renamed = cache.learn(key, caller("shop"), asked: start + .seconds(1))
    #expect(renamed !== first && renamed.name == "shop")
  }

  @Test func `neither keys nor refusals grow without end`() {
    var limits = KeyCache.Limits()
    limits.keyCount = 10
    limits.refusalCount = 20
    var cache = KeyCache(limits)
    for number in UInt8.min...UInt8.max {
      _ = cache.learn(Digest(of: [0, number]), caller("game"), asked: start)
      cache.learnRefusal(Digest(of: [1, number]), asked: start)
      #expect(cache.count <= 10 && cache.refusalCount <= 20)
    }
    #expect(cache.word(on: Digest(of: [0, 255]), at: start) == "game")
  }

  @Test func `keys that are not used make room for those that are`() {
    var limits = KeyCache.Limits()
    limits.keyCount = 2
    var cache = KeyCache(limits)
    _ = cache.learn(Digest(of: [1]), caller("old"), asked: start)
    _ = cache.learn(Digest(of: [2]), caller("used"), asked: start + .seconds(3))
    _ = cache.learn(Digest(of: [3]), caller("new"), asked: start + .seconds(3))
    #expect(cache.word(on: Digest(of: [1]), at: start + .seconds(3)) == "ask")
    #expect(cache.word(on: Digest(of: [2]), at: start + .seconds(3)) == "used")
  }
}

private func caller(_ name: String) -> Caller {
  Caller(service: ServiceID(UUIDBits(high: 0, low: 7)), name: name, role: .service)
}

extension KeyCache {
  /// The finding in a word that can be compared.
  fileprivate func word(on digest: Digest, at now: MonotonicInstant) -> String {
    switch find(digest, now: now) {
    case .caller(let caller): caller.name
    case .callerToRefresh(let caller): caller.name + ", refresh"
    case .mustAsk(nil): "ask"
    case .mustAsk(let standIn?): "ask, else \(standIn.name)"
    case .refused: "refused"
    }
  }
}
