// What an account was at an instant, found by halving, against the plain search through all transactions.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite(.serialized) struct PastAccountTests {
  @Test func `every instant finds the last transaction before it`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      let other = try await ledger.key("bob")
      var made: [Transaction] = []
      for amount in 1...21 {
        // Several transactions of one batch share their instant.
        let legs = (0..<(amount % 3 + 1)).map { _ in
          Leg(account: key, change: .credit(Int64(amount)), kind: .award, details: TransactionDetails())
        }
        made += try await ledger.post(legs)
        try await ledger.award(1, to: other)
      }
      let instants = Set(
        made.flatMap { transaction in
          (-1...1).map { Instant(microseconds: transaction.createdAt.microseconds + $0) }
        })
      for instant in instants {
        let expected = made.last { $0.createdAt <= instant }
        let found = try await ledger.reader.account(key, at: instant)
        #expect(found?.version == expected?.version && found?.after == expected?.after)
        #expect(found?.account == expected?.account)
      }
      let everEarlier = try await ledger.reader.account(key, at: Instant(microseconds: 0))
      #expect(everEarlier == nil)
      let everLater = try await ledger.reader.account(key, at: Instant(microseconds: 4_000_000_000_000_000))
      #expect(everLater?.version == made.last?.version)
    }
  }

  @Test func `an account that is not there was never anything`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("nobody")
      #expect(try await ledger.reader.account(key, at: Instant(microseconds: 4_000_000_000_000_000)) == nil)
    }
  }
}
