// Reads against redis-benchmark, in turn within each round, on the same Redis: what a balance check, a rank
// and a page cost beside the bare command that Redis needs for it, asked without pipelining.

struct ReadComparison {
  private struct Subject {
    var rate: ReadRate
    /// At least so many times the yardstick of that command.
    let barLeast: Double
    let command: RedisBenchmark.Command
  }

  private var subjects: [Subject] = []
  private var yardsticks: [RedisBenchmark.Command: [Double]] = [:]

  init(_ options: BenchmarkOptions) {
    let members = options.members
    if options.wants(.balance) {
      add("balance check", .wrk(path: "/points/balance?userId=", members: members), 0.8, .get)
      add("balance check over HTTP/2", Self.overHTTP2("balances", members), 2, .get)
    }
    if options.wants(.rank) {
      add("rank of a member", .wrk(path: "/points/leaderboard/rank?userId=", members: members), 0.6, .rank)
      add("rank of a member over HTTP/2", Self.overHTTP2("ranks", members), 1, .rank)
    }
    if options.wants(.pages) {
      let path = "/points/leaderboard?limit=100"
      let many = ["--send", "pages", "--types", "\(ManyBoards.count)"]
      add("top 100, the same for all", .wrk(path: path, members: 0), 1.5, .page)
      add("top 100 over HTTP/2, the same for all", .h2load(path: path), 1.5, .page)
      add("top 100 of \(ManyBoards.count) boards, unchanged", .sender(Sender(subject: many)), 0.5, .page)
      // Hardly anything of them was asked for before, so it must be read and written anew.
      let anywhere = many + ["--offsets", "\(ManyBoards.membersEach - 100)"]
      add("100 rows anywhere of \(ManyBoards.count) boards", .sender(Sender(subject: anywhere)), 0.1, .page)
    }
  }

  private mutating func add(
    _ subject: String, _ tool: ReadRate.Tool, _ barLeast: Double, _ command: RedisBenchmark.Command
  ) {
    subjects.append(Subject(rate: ReadRate(subject, tool), barLeast: barLeast, command: command))
  }

  private static func overHTTP2(_ what: String, _ members: Int) -> ReadRate.Tool {
    .sender(
      Sender(
        subject: ["--send", what, "--members", "\(members)"], isHTTP2: true,
        connections: H2Load.connections, streams: H2Load.streams))
  }

  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    guard !subjects.isEmpty else { return [] }
    if options.wants(.pages) { try ManyBoards.fill(ledger, on: stores, heeding: interruption) }
    let commands = Set(subjects.map(\.command)).sorted { $0.rawValue < $1.rawValue }
    let redis = try RedisBenchmark(on: stores, keys: ledger.members, commands, heeding: interruption)
    for subject in subjects { try subject.rate.warmUp(ledger, heeding: interruption) }
    for _ in 0..<options.rounds {
      for command in commands {
        let rate = try redis.perSecond(command, seconds: options.seconds, heeding: interruption)
        yardsticks[command, default: []].append(rate)
      }
      for place in subjects.indices {
        try subjects[place].rate.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
      }
    }
    return subjects.map(finding)
  }

  private func finding(_ subject: Subject) -> Finding {
    let yardstick = yardsticks[subject.command] ?? []
    let rate = Decimals.text(Samples(yardstick).median / 1_000, places: 1)
    return Finding(
      subject: subject.rate.subject, measured: subject.rate.summary,
      yardstick: "\(subject.command.summary): \(rate) k/s",
      judged: .ratios(of: subject.rate.perSecond, to: yardstick), form: .ratio,
      bar: .atLeast(subject.barLeast))
  }
}
