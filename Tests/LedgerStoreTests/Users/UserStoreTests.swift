// Users, and what a change of one does to the accounts.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite(.serialized) struct UserStoreTests {
  @Test func `a user is read back as put, and a repeat changes nothing`() async throws {
    try await withLedger { ledger in
      let ada = UserID(stored: "ada")
      #expect(try await ledger.users.get(ada) == nil)
      let traits = UserTraits(displayName: "Ada", isEnabled: false, metadata: #"{"b":1,"a":2}"#)
      let first = try await ledger.users.put(ada, traits)
      #expect(first.isNew && first.changedAccounts.isEmpty && first.user.traits == traits)
      let again = try await ledger.users.put(ada, traits)
      #expect(again.user == first.user && !again.isNew && again.changedAccounts.isEmpty)
      #expect(try await ledger.users.get(ada) == first.user)
    }
  }

  @Test func `users come with names, and those who have one keep it`() async throws {
    try await withLedger { ledger in
      let (ada, bob, cleo) = (UserID(stored: "ada"), UserID(stored: "bob"), try await ledger.key("cleo"))
      _ = try await ledger.users.put(ada, UserTraits(displayName: "Ada", isEnabled: false))
      try await ledger.award(5, to: cleo)
      for _ in 1...2 {
        try await ledger.users.register([
          (bob, "Bob"), (ada, "Adelheid"), (bob, "Robert"), (cleo.user, "Cleo"),
        ])
      }
      #expect(
        try await ledger.users.standings(of: [ada, bob, cleo.user, UserID(stored: "nobody"), ada]) == [
          ada: RegisteredUser(isEnabled: false, hasName: true),
          bob: RegisteredUser(isEnabled: true, hasName: true),
          cleo.user: RegisteredUser(isEnabled: true, hasName: false),
        ])
      for (user, name) in [(ada, "Adelheid"), (cleo.user, "Cleo"), (cleo.user, "Cleopatra")] {
        try await ledger.users.name(user, name)
      }
      #expect(try await ledger.users.get(ada)?.traits == UserTraits(displayName: "Ada", isEnabled: false))
      #expect(try await ledger.users.get(bob)?.traits.displayName == "Bob")
      let account = try await ledger.reader.account(cleo)
      #expect(account?.displayName == "Cleo" && account?.account.revision == 2)
    }
  }

  @Test func `a new name raises the revision of every account, and names them in a batch`() async throws {
    try await withLedger { ledger in
      let points = try await ledger.key("ada")
      guard case .created(let gems) = try await ledger.types.create("gems", .init(displayName: "Gems")) else {
        throw Surprise(what: "gems exist")
      }
      let gemsKey = AccountKey(user: points.user, pointType: gems.id)
      for key in [points, gemsKey] { try await ledger.award(5, to: key) }
      let before = try await ledger.reader.accounts([points, gemsKey].sorted()).compactMap { $0 }
      let put = try await ledger.users.put(points.user, UserTraits(displayName: "Ada"))
      #expect(put.changedAccounts.map(\.displayName) == ["Ada", "Ada"])
      let after = try await ledger.reader.accounts([points, gemsKey].sorted()).compactMap { $0 }
      #expect(put.changedAccounts == after)
      for (old, new) in zip(before, after) {
        var expected = old.account
        expected.revision += 1
        expected.updatedAt = new.account.updatedAt
        #expect(new.account == expected && new.account.updatedAt > old.account.updatedAt)
      }
      let batch = try await ledger.pool.query(LastBatch())
      #expect(batch.first?.users == ["ada", "ada"])
      #expect(batch.first?.revisions == after.map(\.account.revision))
    }
  }

  @Test func `metadata alone concerns no account`() async throws {
    try await withLedger { ledger in
      let key = try await ledger.key("ada")
      try await ledger.award(5, to: key)
      let put = try await ledger.users.put(key.user, UserTraits(displayName: nil, metadata: "{}"))
      #expect(!put.isNew && put.changedAccounts.isEmpty && put.user.traits.metadata == "{}")
      #expect(try await ledger.reader.account(key)?.account.revision == 1)
    }
  }

  @Test func `another spelling of the same letters is another name`() async throws {
    try await withLedger { ledger in
      let ada = UserID(stored: "ada")
      _ = try await ledger.users.put(ada, UserTraits(displayName: "\u{E9}"))
      let put = try await ledger.users.put(ada, UserTraits(displayName: "e\u{301}"))
      #expect(put.user.traits.displayName.map { Array($0.utf8) } == Array("e\u{301}".utf8))
    }
  }

  @Test func `names and postings at once leave every account with the last name`() async throws {
    try await withLedger { ledger in
      let type = try await ledger.type()
      for round in 0..<15 {
        let key = AccountKey(user: UserID(stored: "user \(round)"), pointType: type)
        let posted = OneShot<Bool>()
        ledger.loop.spawn {
          let first = try? await ledger.award(1, to: key)
          let second = try? await ledger.award(1, to: key)
          posted.fulfil(first != nil && second != nil)
        }
        let put = try await ledger.users.put(key.user, UserTraits(displayName: "\(round)"))
        #expect(await posted.value())
        let account = try await ledger.reader.account(key)
        #expect(account?.displayName == "\(round)")
        // The revision rose for the name too, unless the name was there before the account.
        let rise = put.changedAccounts.isEmpty ? 0 : 1
        #expect(account?.account.revision == 2 + Int64(rise) && account?.account.balance == 2)
      }
    }
  }
}

private struct LastBatch: PostgresStatement {
  static let sql = PostgresSQL(
    "last_batch", Array("SELECT user_ids, revisions FROM batches ORDER BY id DESC LIMIT 1".utf8))

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (users: [String], revisions: [Int64]) {
    (try row.array(0), try row.array(1))
  }
}
