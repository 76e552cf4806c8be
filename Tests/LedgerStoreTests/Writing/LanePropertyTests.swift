// Random postings through several workers at once, each with several lanes, small batches and a bulk: what
// was told agrees with what stands, and what stands follows from itself.
import Ledger
import LedgerStore
import Synchronization
import TestSupport
import Testing

@Suite struct LanePropertyTests {
  @Test func `whatever is posted from several sides, all answers agree with the ledger`() async throws {
    let seeds = SeededGenerator.forThisRun()
    let ledger = try await TestLedger.make()
    let record = Record(types: ledger.types)
    let change = { @Sendable (options: inout LaneOptions) in
      options.legsPerBatch = 12
      options.lanes = 2
    }
    try await ledger.withLanes(3, change) { lanes in
      await withTaskGroup { group in
        for caller in 0..<24 {
          group.addTask {
            var random = SeededGenerator(seed: seeds.seed &+ UInt64(caller) &* 7919)
            for _ in 0..<25 {
              let asked = (0..<Int.random(in: 1...3, using: &random)).map { _ in record.draw(&random) }
              let results = await lanes[caller % 3].post(all: asked.map(\.posting))
              for (asked, result) in zip(asked, results) { record.note(asked, result) }
            }
          }
        }
      }
    }
    let contents = try await ledger.contents()
    contents.check()
    record.check(against: contents)
    #expect(contents.users.filter { $0.hasPrefix("nobody") }.isEmpty)
    let drawn = (contents.transactions.count, record.replays, record.refusals)
    #expect(drawn.0 > 100 && drawn.1 > 20 && drawn.2 > 50, "\(drawn) is too little to show anything")
  }
}

/// What was asked and what was told.
private final class Record: Sendable {
  struct Asked: Sendable {
    let posting: Posting
    let key: UInt64?
    let body: UInt8
  }

  private struct State {
    var told: [(asked: Asked, result: PostingResult)] = []
    var transactions: [Transaction] = []
    var requests: [String: Posting] = [:]
  }

  private let state = Mutex(State())
  private let types: [PointTypeID]

  init(types: [String: PointTypeID]) {
    self.types = ["points", "points", "gems", "closed"].compactMap { types[$0] }
  }

  var replays: Int { state.withLock { $0.told.count { $0.result.receipt?.isReplay == true } } }
  var refusals: Int { state.withLock { $0.told.count { $0.result.refusal != nil } } }

  func note(_ asked: Asked, _ result: PostingResult) {
    state.withLock { state in
      state.told.append((asked, result))
      guard let receipt = result.receipt, !receipt.isReplay else { return }
      state.transactions += receipt.transactions
    }
  }

  // MARK: Drawing

  /// The same key with the same body is the same posting again; with another body it is something else.
  func draw(_ random: inout SeededGenerator) -> Asked {
    let key = Int.random(in: 0..<3, using: &random) > 0 ? UInt64.random(in: 0..<300, using: &random) : nil
    let body: UInt8 = Int.random(in: 0..<12, using: &random) == 0 ? 1 : 0
    let legs = wholeReversal(&random) ?? (0..<count(&random)).map { _ in leg(&random) }
    let posting = Posting.of(legs, key: key, body: body)
    guard let key else { return Asked(posting: posting, key: nil, body: body) }
    let first = state.withLock { state in
      let first = state.requests["\(key) \(body)"] ?? posting
      state.requests["\(key) \(body)"] = first
      return first
    }
    return Asked(posting: first.id == posting.id ? posting : first.repeated, key: key, body: body)
  }

  /// Some are more than a lane takes.
  private func count(_ random: inout SeededGenerator) -> Int {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: 14
    case 1...6: Int.random(in: 2...4, using: &random)
    case _: 1
    }
  }

  private var originals: [Transaction] {
    state.withLock { $0.transactions }.filter { $0.reverses == nil && $0.kind != .refund }
  }

  /// Now and then all that is left of a posting, its last leg first.
  private func wholeReversal(_ random: inout SeededGenerator) -> [Leg]? {
    let originals = originals
    guard Int.random(in: 0..<6, using: &random) == 0, let one = originals.randomElement(using: &random)
    else { return nil }
    let allowsPartial = Bool.random(using: &random)
    return originals.filter { $0.id.posting == one.id.posting }.reversed().map {
      .reversal(of: $0, nil, allowsPartial: allowsPartial)
    }
  }

  private func leg(_ random: inout SeededGenerator) -> Leg {
    let amount = Int64.random(in: 1...20, using: &random)
    let originals = originals
    if Int.random(in: 0..<4, using: &random) == 0, let original = originals.randomElement(using: &random) {
      return .reversal(
        of: original, Bool.random(using: &random) ? nil : amount, allowsPartial: Bool.random(using: &random))
    }
    let users = ["ada", "bob", "caf\u{E9}", "cafe\u{301}", "eve", "z", "Z", "\u{1F600}"]
    let type = types.randomElement(using: &random) ?? types[0]
    if Int.random(in: 0..<12, using: &random) == 0 {
      return .debit(amount, from: "nobody\(Int.random(in: 0..<9, using: &random))", in: type)
    }
    let user = users.randomElement(using: &random) ?? "ada"
    return Int.random(in: 0..<5, using: &random) < 3
      ? .credit(
        amount, to: user, in: type,
        kind: [.award, .refund, .adjustment].randomElement(using: &random) ?? .award)
      : .debit(
        amount, from: user, in: type, kind: [.purchase, .penalty].randomElement(using: &random) ?? .purchase)
  }

  // MARK: Checking

  func check(against contents: LedgerContents) {
    let told = state.withLock { $0.told }
    let legs = Dictionary(grouping: contents.transactions, by: \.id.posting)
      .mapValues { $0.sorted { $0.id < $1.id } }
    var posted = Set<PostingID>()
    for (asked, result) in told {
      switch result {
      case .success(.posted(let receipt)):
        #expect(receipt.transactions == legs[receipt.posting])
        checkLegs(receipt, of: asked.posting)
        #expect(receipt.isReplay == (receipt.posting != asked.posting.id))
        if !receipt.isReplay { posted.insert(receipt.posting) }
      case .success(.refused(let refusal, _)):
        #expect(legs[asked.posting.id] == nil)
        checkReason(refusal, of: asked.posting, in: contents)
      case .success(.conflicting(let field)): #expect(field == .userId && legs[asked.posting.id] == nil)
      case .success(.inFlight), .success(.typeGone), .failure: Issue.record("\(result)")
      }
    }
    #expect(posted == Set(legs.keys), "what stands is what was told as posted")
    checkKeys(told, contents)
  }

  private func checkLegs(_ receipt: Receipt, of posting: Posting) {
    var transactions = receipt.transactions[...]
    #expect(!transactions.isEmpty)
    for leg in posting.legs {
      if let next = transactions.first, next.isMade(of: leg) {
        transactions.removeFirst()
      } else {
        #expect(leg.mayBePassedOver, "\(leg) has no transaction")
      }
    }
    #expect(transactions.isEmpty, "transactions of no leg")
    let isReversal = receipt.transactions.contains { $0.reverses != nil }
    #expect(!isReversal || receipt.remaining != nil)
  }

  /// A balance that was told as too small was the balance at some time.
  private func checkReason(_ refusal: Refusal, of posting: Posting, in contents: LedgerContents) {
    guard case .insufficientBalance(let available, let missing) = refusal.reason else { return }
    var own: Int64 = 0
    let leg = posting.legs[refusal.leg]
    for earlier in posting.legs[..<refusal.leg] where earlier.account == leg.account {
      switch earlier.change {
      case .credit(let amount): own += amount
      case .debit(let amount): own -= amount
      case .reversal: return
      }
    }
    let balances = [0] + contents.chain(of: leg.account).map(\.after)
    #expect(balances.contains(available - own), "\(refusal)")
    if case .debit(let amount) = leg.change { #expect(missing == amount - available) }
  }

  /// One body of each key was answered, once, and everybody was told the same.
  private func checkKeys(_ told: [(asked: Asked, result: PostingResult)], _ contents: LedgerContents) {
    let byKey = Dictionary(grouping: told.filter { $0.asked.key != nil }) { $0.asked.key ?? 0 }
    #expect(Set(contents.requests.keys) == Set(byKey.keys.map { .ofKey($0) }))
    for (key, told) in byKey {
      guard let remembered = contents.requests[.ofKey(key)] else { continue }
      var first = 0
      for (asked, result) in told {
        guard remembered.fingerprint == .ofBody(asked.body) else {
          #expect(result == .success(.conflicting(.userId)))
          continue
        }
        switch (result, remembered.outcome) {
        case (.success(.posted(let receipt)), .posted(let id, let remaining)):
          #expect(receipt.posting == id && receipt.remaining == remaining)
          first += receipt.isReplay ? 0 : 1
        case (.success(.refused(let refusal, let isReplay)), .refused(let kept)):
          #expect(refusal == kept)
          first += isReplay ? 0 : 1
        case _: Issue.record("\(result) where \(remembered.outcome) is remembered")
        }
      }
      #expect(first == 1)
    }
  }
}

extension Transaction {
  fileprivate func isMade(of leg: Leg) -> Bool {
    guard account == leg.account, kind == leg.kind else { return false }
    switch leg.change {
    case .credit(let amount): return direction == .credit && self.amount == amount
    case .debit(let amount): return direction == .debit && self.amount == amount
    case .reversal(let reversal):
      let most = reversal.amount ?? reversal.original.amount
      let mayBeLess = reversal.allowsPartial || reversal.amount == nil
      return reverses == reversal.original.id && (amount == most || mayBeLess && amount < most)
    }
  }
}

extension Leg {
  fileprivate var mayBePassedOver: Bool {
    guard case .reversal(let reversal) = change else { return false }
    return reversal.allowsPartial || reversal.amount == nil
  }
}
