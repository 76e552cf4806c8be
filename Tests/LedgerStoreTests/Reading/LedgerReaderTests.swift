// Accounts and transactions as they are read back.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite(.serialized) struct LedgerReaderTests {
  @Test func `an account is what its last transaction left, with the user's name`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      #expect(try await ledger.reader.account(key) == nil)
      try await ledger.award(10, to: key)
      let last = try await ledger.deduct(3, from: key)
      _ = try await ledger.users.put(key.user, UserTraits(displayName: "Ada"))
      let found = try await ledger.reader.account(key)
      #expect(found?.displayName == "Ada")
      #expect(found?.account.balance == 7 && found?.account.totalSpent == 3)
      #expect(found?.account.version == 2 && found?.account.lastTransactionAt == last.createdAt)
    }
  }

  @Test func `many accounts are answered in the order they were asked for`() async throws {
    try await withLedger { ledger in
      let (ada, bob, none) = (
        try await ledger.key("ada"), try await ledger.key("bob"), try await ledger.key("none")
      )
      try await ledger.award(1, to: ada)
      try await ledger.award(2, to: bob)
      let found = try await ledger.reader.accounts([bob, none, ada, bob])
      #expect(found.map { $0?.account.balance } == [2, nil, 1, 2])
      #expect(try await ledger.reader.accounts([]).isEmpty)
    }
  }

  @Test func `all that a user has is one account of each type`() async throws {
    try await withLedger { ledger in
      let points = try await ledger.key("ada")
      guard case .created(let gems) = try await ledger.types.create("gems", .init(displayName: "Gems")) else {
        throw Surprise(what: "gems exist")
      }
      try await ledger.award(1, to: points)
      try await ledger.award(2, to: AccountKey(user: points.user, pointType: gems.id))
      try await ledger.award(4, to: try await ledger.key("bob"))
      let found = try await ledger.reader.accounts(of: points.user)
      #expect(Set(found.map(\.account.balance)) == [1, 2])
      #expect(found.count == 2)
    }
  }

  @Test func `a transaction and a posting are read back as they were made`() async throws {
    try await withLedger { ledger in
      let keys = [try await ledger.key("ada"), try await ledger.key("bob")]
      let legs = keys.map {
        Leg(account: $0, change: .credit(5), kind: .award, details: TransactionDetails())
      }
      let made = try await ledger.post(legs)
      let read = try await ledger.reader.posting(made[0].id.posting)
      #expect(read.map(\.id) == made.map(\.id))
      #expect(read.map(\.account) == keys)
      #expect(try await ledger.reader.transaction(made[1].id) == read[1])
      #expect(try await ledger.reader.transaction(made[0].id.posting.transaction(leg: 7)) == nil)
      let noPosting = PostingID(made[0].id.bits)
      #expect(try await ledger.reader.posting(noPosting).isEmpty)
    }
  }

  @Test func `what a reversal must know is what the original did to the totals`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      let award = try await ledger.award(10, to: key)
      let purchase = try await ledger.deduct(6, from: key)
      let refund = try await ledger.award(4, to: key, kind: .refund)
      let read = try await [award, purchase, refund].asyncMap {
        try await ledger.reader.reversible($0.id)
      }
      #expect(read.map { $0?.earned } == [10, 0, 0])
      #expect(read.map { $0?.spent } == [0, 6, -4])
      #expect(read.map { $0?.kind } == [.award, .purchase, .refund])
      #expect(read[1]?.direction == .debit)
      let ofPosting = try await ledger.reader.reversibles(of: purchase.id.posting)
      #expect(ofPosting == [read[1]].compactMap { $0 })
      #expect(try await ledger.reader.reversible(award.id.posting.transaction(leg: 1)) == nil)
    }
  }
}

extension Array {
  /// The values of one asking after the other.
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
