// What to measure, and for how long.

package struct BenchmarkOptions: Sendable, Equatable {
  /// How often everything is measured in turn. A median of fewer than three is no median.
  package var rounds = 3
  /// How long each subject is loaded in a round.
  package var seconds = 3
  /// Members of the ledger that everything about accounts and boards is measured on.
  package var members = 1_000_000
  /// Members of each period of the boards that awards are measured with.
  package var boardMembers = 50_000
  /// Snapshots that a user's history of ranks goes over.
  package var snapshots = 2_500
  /// Entries that a new board is filled from.
  package var fillEntries = 1_000_000
  /// Nil is all of them.
  package var only: Measurement?

  package static let usage = """
    usage: points bench [--rounds N] [--seconds N] [--members N] [--only NAME]
                        [--board-members N] [--snapshots N] [--fill-entries N]

      --rounds N         measure everything N times, at least 3 (default 3); the medians count
      --seconds N        load each subject for N seconds in each round (default 3)
      --members N        how many members the measured ledger has (default 1,000,000)
      --board-members N  how many members each period has where awards count on boards (default 50,000;
                         with more, up to 1,000,000, it tells the figures and has no bars for them)
      --snapshots N      over how many snapshots a history of ranks goes (default 2,500)
      --fill-entries N   from how many transactions a new board is filled (default 1,000,000)
      --only NAME        one measurement:
                         \(Measurement.names)

    Exit status 0 says that every bar is met.
    """

  package init() {}

  package init(arguments: [String]) throws(BenchmarkError) {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      let value = rest.popFirst()
      switch flag {
      case "--rounds": rounds = try Self.number(value, of: flag, from: 3, to: 1_000)
      case "--seconds": seconds = try Self.number(value, of: flag, from: 1, to: 600)
      case "--members": members = try Self.number(value, of: flag, from: 100, to: 10_000_000)
      case "--board-members":
        boardMembers = try Self.number(value, of: flag, from: 100, to: 1_000_000)
      case "--snapshots": snapshots = try Self.number(value, of: flag, from: 25, to: 100_000)
      case "--fill-entries": fillEntries = try Self.number(value, of: flag, from: 1_000, to: 100_000_000)
      case "--only": only = try Self.measurement(value)
      default: throw .usage("points bench has no flag \(flag)")
      }
    }
  }

  /// Whether the ledger has to be filled.
  package var wantsLedger: Bool {
    [.awards, .curves, .latency, .balance, .rank, .pages, .mirrors, .snapshots].contains(where: wants)
  }

  package func wants(_ measurement: Measurement) -> Bool {
    only == nil || only == measurement
  }

  private static func number(
    _ text: String?, of flag: String, from least: Int, to most: Int
  ) throws(BenchmarkError) -> Int {
    guard let number = text.flatMap({ Int($0) }), (least...most).contains(number) else {
      throw .usage("\(flag) wants a whole number from \(least) to \(most)")
    }
    return number
  }

  private static func measurement(_ text: String?) throws(BenchmarkError) -> Measurement {
    guard let measurement = text.flatMap({ Measurement(rawValue: $0) }) else {
      throw .usage("--only wants one of \(Measurement.names)")
    }
    return measurement
  }
}

/// What can be measured, by the name that `--only` knows.
package enum Measurement: String, Sendable, CaseIterable {
  /// A request that needs nothing but the server, against nginx.
  case health
  /// A request that reads one Redis key, against `health`.
  case redis
  /// A request that asks Postgres for a constant, against `health`.
  case postgres
  /// What an idle connection costs.
  case memory
  /// How soon a new process answers.
  case start
  /// A request that needs nothing but the server, over HTTP/2, against the same over HTTP/1.1.
  case http2
  /// Durable awards over HTTP, against pgbench on the same Postgres.
  case awards
  /// The rate of awards by the number of accounts and of callers.
  case curves
  /// How long awards and balance checks take at a steady rate.
  case latency
  /// A balance check, against redis-benchmark on the same Redis.
  case balance
  /// The rank of a member, against redis-benchmark.
  case rank
  /// The top 100 of a board, against redis-benchmark.
  case pages
  /// Building and verifying the mirrors, against a bare copy of the same into Redis.
  case mirrors
  /// Storing ranks against a bare INSERT of them, reading them against live ones.
  case snapshots
  /// Awards that count on boards by period, against awards that count on none.
  case boards
  /// Filling a new board from the ledger.
  case fill
  /// Paying many winners, against a bare statement that writes the same rows; and awards meanwhile.
  case payouts

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
