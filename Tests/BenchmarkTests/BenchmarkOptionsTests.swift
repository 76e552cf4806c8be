// The flags of `points bench`.

import Testing

@testable import Benchmark

@Suite struct BenchmarkOptionsTests {
  @Test func `without flags everything is measured three times`() throws {
    let options = try BenchmarkOptions(arguments: [])
    #expect(options.rounds == 3 && options.seconds == 3 && options.members == 1_000_000)
    #expect(options.boardMembers == 50_000 && options.snapshots == 2_500 && options.fillEntries == 1_000_000)
    #expect(Measurement.allCases.allSatisfy(options.wants))
  }

  @Test func `flags are read in any order`() throws {
    let options = try BenchmarkOptions(arguments: ["--only", "memory", "--seconds", "10", "--rounds", "7"])
    #expect(options.rounds == 7 && options.seconds == 10)
    #expect(Measurement.allCases.filter(options.wants) == [.memory])
    #expect(try BenchmarkOptions(arguments: ["--members", "1000"]).members == 1_000)
    #expect(try BenchmarkOptions(arguments: ["--board-members", "1000000"]).boardMembers == 1_000_000)
    #expect(try BenchmarkOptions(arguments: ["--snapshots", "25"]).snapshots == 25)
    #expect(try BenchmarkOptions(arguments: ["--fill-entries", "10000000"]).fillEntries == 10_000_000)
  }

  @Test(arguments: [
    ["--rounds"], ["--rounds", "2"], ["--rounds", "three"], ["--seconds", "0"], ["--only", "everything"],
    ["--only"], ["--fast", "1"], ["--members", "99"], ["health"], ["--board-members", "1000001"],
    ["--snapshots", "24"],
    ["--fill-entries", "999"],
  ])
  func `a wrong flag is refused as such`(arguments: [String]) {
    #expect {
      try BenchmarkOptions(arguments: arguments)
    } throws: { error in
      if case .usage? = error as? BenchmarkError { true } else { false }
    }
  }

  @Test(arguments: Measurement.allCases)
  func `the ledger is filled for what is measured on it and for nothing else`(only: Measurement) throws {
    let options = try BenchmarkOptions(arguments: ["--only", only.rawValue])
    let apart: [Measurement] = [
      .health, .redis, .postgres, .memory, .start, .http2, .boards, .fill, .payouts,
    ]
    #expect(options.wantsLedger == !apart.contains(only))
  }

  /// A bench that skipped a comparison because its tool is missing would pass unseen.
  @Test func `every comparison names the tools it cannot do without`() throws {
    #expect(Benchmark.tools(try BenchmarkOptions(arguments: [])).contains(.nginx))
    #expect(Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "redis"])).contains(.wrk))
    #expect(Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "awards"])).contains(.pgbench))
    #expect(
      Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "balance"])).contains(.redisBenchmark))
    #expect(Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "pages"])).contains(.h2load))
    #expect(Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "boards"])).contains(.wrk))
    #expect(Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "snapshots"])).contains(.wrk))
    #expect(!Benchmark.tools(try BenchmarkOptions(arguments: ["--only", "start"])).contains(.wrk))
  }
}
