// What the yardsticks say of themselves: one number out of a good report, and none out of any other.

import Testing

@testable import Benchmark

@Suite struct YardstickTests {
  private static let pgbench = """
    pgbench (15.20 (Debian 15.20-0+deb12u1))
    transaction type: <builtin: TPC-B (sort of)>
    scaling factor: 20
    query mode: prepared
    number of clients: 8
    number of failed transactions: 0 (0.000%)
    latency average = 2.162 ms
    initial connection time = 7.283 ms
    tps = 3700.385671 (without initial connection time)

    """

  @Test func `pgbench tells its transactions a second`() throws {
    #expect(try PgbenchReport(Self.pgbench).transactionsPerSecond == 3700.385671)
  }

  @Test(arguments: [
    "", "tps = (without initial connection time)\n", "tps = 0 (without initial connection time)\n",
    "tps = 1 (x)\ntps = 2 (x)\n",
    "number of failed transactions: 3 (0.100%)\ntps = 3700.1 (without initial connection time)\n",
  ])
  func `what is no good report of pgbench gives no figure`(text: String) {
    #expect(throws: BenchmarkError.self) { try PgbenchReport(text) }
  }

  private static let redis = """
    "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms"
    "GET","55865.92","0.717","0.152","0.463","2.559"

    """

  @Test func `redis-benchmark tells its requests a second`() throws {
    #expect(try RedisBenchmarkReport(Self.redis, about: "GET").requestsPerSecond == 55865.92)
  }

  @Test(arguments: [
    "", "\"GET\"\n", "\"GET\",\"nan\"\n", "\"GET\",\"1\"\n\"GET\",\"2\"\n", "\"SET\",\"1\"\n",
  ])
  func `what is no report about the command gives no figure`(text: String) {
    #expect(throws: BenchmarkError.self) { try RedisBenchmarkReport(text, about: "GET") }
  }

  @Test func `only a Postgres that keeps what it commits is measured`() throws {
    try Durability(fsync: "on", synchronousCommit: "on").expectFull()
    try Durability(fsync: "on", synchronousCommit: "remote_apply").expectFull()
    #expect(throws: BenchmarkError.self) {
      try Durability(fsync: "off", synchronousCommit: "on").expectFull()
    }
    #expect(throws: BenchmarkError.self) {
      try Durability(fsync: "on", synchronousCommit: "off").expectFull()
    }
  }

  @Test func `psql tells how long the bare insert took`() throws {
    #expect(try BareInsertReport(["Time: 1250.000 ms (00:01.250)"]).seconds == 1.25)
    #expect(try BareInsertReport(["INSERT 0 3", "Time: 12.500 ms"]).seconds == 0.0125)
  }

  @Test(arguments: [[], ["Time: 0 ms"], ["Time: 3"], ["Time: x ms"], ["Time: 1 ms", "Time: 2 ms"]])
  func `what tells no time, or two, gives no figure`(lines: [Substring]) {
    #expect(throws: BenchmarkError.self) { try BareInsertReport(lines) }
  }

  /// Else somebody would not be on one of the boards, and an award to him would put him there first.
  @Test func `a posting for boards by category gives each member something of each`() {
    let body = String(
      decoding: FilledLedger.posting(of: 0..<2, type: "each", categories: ["a", "b"]), as: UTF8.self)
    let leg = #""pointType":"each","type":"credit","amount":"#
    #expect(
      body == #"{"legs":[{"userId":"member-0000000",\#(leg)1,"category":"a"},"#
        + #"{"userId":"member-0000000",\#(leg)1,"category":"b"},"#
        + #"{"userId":"member-0000001",\#(leg)7920,"category":"a"},"#
        + #"{"userId":"member-0000001",\#(leg)7920,"category":"b"}]}"#)
  }

  @Test func `a posting that fills the ledger names its members as the load does`() {
    let body = String(decoding: FilledLedger.posting(of: 8..<10), as: UTF8.self)
    #expect(
      body == #"{"legs":[{"userId":"member-0000008","pointType":"points","type":"credit","amount":63353},"#
        + #"{"userId":"member-0000009","pointType":"points","type":"credit","amount":71272}]}"#)
  }
}
