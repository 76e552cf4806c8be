// Changes of the point types, and who learns of them.
import EventLoop
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

@Suite(.serialized) struct PointTypeStoreTests {
  @Test func `a new type is known to its worker at once, and its name is taken`() async throws {
    try await withLedger { ledger in
      var traits = PointTypeTraits(displayName: "Gems")
      (traits.minAmount, traits.maxAmount, traits.description) = (2, 9, "Shiny.")
      guard case .created(let gems) = try await ledger.types.create("gems", traits) else {
        throw Surprise(what: "gems exist")
      }
      #expect(PointTypeTraits(of: gems) == traits)
      #expect(ledger.catalog.type("gems") == gems)
      #expect(ledger.catalog.type(gems.id.description) == gems)
      let generation = ledger.catalog.generation
      #expect(try await ledger.types.create("gems", traits) == .nameTaken)
      try await ledger.catalog.refresh(from: ledger.pool)
      #expect(ledger.catalog.generation == generation)
    }
  }

  @Test func `an update changes what it names and raises the generation only if something changed`()
    async throws
  {
    try await withLedger { ledger in
      let id = try await ledger.type()
      let generation = ledger.catalog.generation
      guard case .updated(let type) = try await ledger.types.update(id, { $0.maxAmount = 5 }) else {
        throw Surprise(what: "not updated")
      }
      #expect(type.maxAmount == 5 && type.displayName == "Points" && type.updatedAt > type.createdAt)
      #expect(ledger.catalog.type("points") == type)
      #expect(ledger.catalog.generation == generation + 1)
      #expect(try await ledger.types.update(id) { $0.maxAmount = 5 } == .updated(type))
      #expect(ledger.catalog.generation == generation + 1)
      #expect(try await ledger.types.update(id) { $0.minAmount = 6 } == .boundsCross)
      let unknown = PointTypeID(UUIDBits(high: 1, low: 1))
      #expect(try await ledger.types.update(unknown) { $0.maxAmount = 5 } == .notFound)
    }
  }

  @Test func `a type is deleted unless an account of it exists`() async throws {
    try await withLedger { ledger in
      let points = try await ledger.key("ada")
      guard case .created(let gems) = try await ledger.types.create("gems", .init(displayName: "Gems")) else {
        throw Surprise(what: "gems exist")
      }
      try await ledger.award(1, to: points)
      #expect(try await ledger.types.delete(points.pointType) == .inUse)
      #expect(try await ledger.types.delete(gems.id) == .deleted)
      #expect(try await ledger.types.delete(gems.id) == .notFound)
      #expect(ledger.catalog.type("gems") == nil)
      #expect(ledger.catalog.type("points") != nil)
    }
  }

  @Test func `deleting races the first award: either the type or the account is there`() async throws {
    try await withLedger { ledger in
      for round in 0..<20 {
        let name = "gems-\(round)"
        guard case .created(let gems) = try await ledger.types.create(name, .init(displayName: "Gems")) else {
          throw Surprise(what: "gems exist")
        }
        let key = AccountKey(user: UserID(stored: "ada"), pointType: gems.id)
        let awarded = OneShot<Bool>()
        ledger.loop.spawn { awarded.fulfil((try? await ledger.award(1, to: key)) != nil) }
        let deletion = try await ledger.types.delete(gems.id)
        let wasAwarded = await awarded.value()
        #expect(wasAwarded == (deletion == .inUse))
      }
    }
  }

  @Test func `what another process changes is found by the next refresh, or when its name is used`()
    async throws
  {
    let database = try await LedgerDatabase.make()
    try await withLedger(in: database) { ledger in
      _ = try await ledger.type()
      try await withLedger(in: database) { other in
        _ = try await other.types.create("gems", .init(displayName: "Gems"))
      }
      #expect(ledger.catalog.type("gems") == nil)
      #expect(try await ledger.catalog.refresh(from: ledger.pool))
      #expect(ledger.catalog.type("gems") != nil)
      #expect(try await ledger.catalog.refresh(from: ledger.pool) == false)
      try await withLedger(in: database) { other in
        _ = try await other.types.create("coins", .init(displayName: "Coins"))
      }
      let found = try await ledger.catalog.resolve("coins", from: ledger.pool, on: ledger.loop)
      #expect(found?.displayName == "Coins")
    }
  }

  @Test func `a new name is found however lately the database was asked for another`() async throws {
    let database = try await LedgerDatabase.make()
    try await withLedger(in: database) { ledger in
      let start = ledger.loop.clock.now
      #expect(try await ledger.catalog.resolve("gems", from: ledger.pool, on: ledger.loop) == nil)
      try await withLedger(in: database) { other in
        _ = try await other.types.create("gems", .init(displayName: "Gems"))
      }
      #expect(try await ledger.catalog.resolve("gems", from: ledger.pool, on: ledger.loop) != nil)
      #expect(ledger.loop.clock.now >= start + PointTypeCatalog.lookAgainInterval)
    }
  }

  @Test func `those who wait for the same look all get what it found`() async throws {
    let database = try await LedgerDatabase.make()
    try await withLedger(in: database) { ledger in
      #expect(try await ledger.catalog.resolve("gems", from: ledger.pool, on: ledger.loop) == nil)
      try await withLedger(in: database) { other in
        _ = try await other.types.create("gems", .init(displayName: "Gems"))
      }
      let (catalog, pool, loop) = (ledger.catalog, ledger.pool, ledger.loop)
      let found = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<5 {
          group.addTask(executorPreference: loop) {
            try await catalog.resolve("gems", from: pool, on: loop) != nil
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(found == 5)
    }
  }

  @Test func `a catalog that was never loaded knows every type for all who ask first at once`() async throws {
    try await withLedger { ledger in
      let (catalog, pool, loop) = (ledger.catalog, ledger.pool, ledger.loop)
      let found = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<40 {
          group.addTask(executorPreference: loop) {
            try await catalog.resolve(PointType.defaultName, from: pool, on: loop) != nil
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(found == 40)
      #expect(catalog.looks.begun == 1)
    }
  }

  @Test func `a request with many unknown names looks once`() async throws {
    try await withLedger { ledger in
      let begin = ledger.catalog.moment
      for number in 0..<500 {
        let found = try await ledger.catalog.resolve(
          "gems\(number)", since: begin, from: ledger.pool, on: ledger.loop)
        #expect(found == nil)
      }
      #expect(ledger.catalog.looks.begun == 1)
    }
  }
}
