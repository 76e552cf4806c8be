// What is said on a new connection before anybody else may use it: who we are, which database, which
// version, whether keys are evicted; and then the scripts. Each leaves in one write, so readiness costs two
// round trips. The scripts go by themselves, because a server hangs up on a stranger who sends it more than
// 16 KiB at once, and what it had to say about his password is lost.

/// Makes the first commands and judges their replies; no I/O.
struct Handshake {
  private enum Step {
    case authenticate, select, name, version, memory
    case load(RedisScript)
  }

  enum Verdict {
    case ready(version: RedisVersion, digests: [ObjectIdentifier: [UInt8]])
    /// The sentence says what is wrong, for whoever has to repair it.
    case refused(String)
    /// A server that is older than what we rely on, or throws away what it was given: waiting will not help.
    case unsupported(String)
  }

  let introduction: [RedisCommand]
  /// What follows once the server has answered the introduction, and nothing is wrong.
  let loading: [RedisCommand]
  private let steps: [Step]
  private let database: Int64
  private let hasPassword: Bool

  init(address: RedisAddress, scripts: [RedisScript]) {
    var steps: [Step] = [.select, .name, .version, .memory]
    if address.password != nil { steps.insert(.authenticate, at: 0) }
    introduction = steps.map { Self.command(for: $0, address: address) }
    let loads = scripts.map(Step.load)
    loading = loads.map { Self.command(for: $0, address: address) }
    self.steps = steps + loads
    database = address.database
    hasPassword = address.password != nil
  }

  private static func command(for step: Step, address: RedisAddress) -> RedisCommand {
    switch step {
    case .authenticate:
      var command = RedisCommand("AUTH")
      if let user = address.user { command.add(Array(user.utf8)) }
      command.add(Array((address.password ?? "").utf8))
      return command
    case .select:
      var command = RedisCommand("SELECT")
      command.add(address.database)
      return command
    case .name:
      var command = RedisCommand("CLIENT")
      command.add("SETNAME")
      command.add("points")
      return command
    // Two commands, because Redis takes several sections at once only since its version 7.
    case .version: return RedisCommand("INFO", [Array("server".utf8)])
    case .memory: return RedisCommand("INFO", [Array("memory".utf8)])
    case .load(let script):
      var command = RedisCommand("SCRIPT")
      command.add("LOAD")
      command.add(script.source)
      return command
    }
  }

  // MARK: Judging

  /// On the replies to the introduction, and those to the rest behind them, if it was sent. An old version is
  /// named first, for it explains the other refusals.
  func verdict(on replies: [RedisReply]) -> Verdict {
    var version: RedisVersion?
    var eviction: RedisEviction?
    var digests: [ObjectIdentifier: [UInt8]] = [:]
    var refusal: String?
    for (step, reply) in zip(steps, replies) {
      switch (step, reply) {
      case (.version, .value(.bulk(let info))): version = RedisVersion(info: info)
      case (.memory, .value(.bulk(let info))): eviction = RedisEviction(info: info)
      case (.load(let script), .value(.bulk(let digest))): digests[ObjectIdentifier(script)] = digest
      case (.authenticate, .value), (.select, .value), (.name, .value): break
      // A name is only a courtesy to whoever lists the server's connections.
      case (.name, .failed): break
      default: refusal = refusal ?? sentence(for: step, reply)
      }
    }
    if let version, version < .oldestServed {
      return .unsupported("Redis \(version) is too old; at least \(RedisVersion.oldestServed) is needed")
    }
    if let eviction {
      return .unsupported("Redis evicts keys (maxmemory-policy \(eviction.policy)); set noeviction")
    }
    if let refusal { return .refused(refusal) }
    guard let version else { return .refused("the server does not tell its version") }
    return .ready(version: version, digests: digests)
  }

  private func sentence(for step: Step, _ reply: RedisReply) -> String {
    let problem =
      switch reply {
      case .unavailable(.refused(let error)) where error.code == .noAuthentication && !hasPassword:
        "Redis demands a password and its address has none"
      case .unavailable(.refused(let error)): "Redis cannot serve yet: \(error)"
      case .unavailable(let reason): reason.description
      case .failed(let error): "Redis answered: \(error)"
      case .absent, .value: "Redis gave an unexpected kind of reply"
      }
    return switch step {
    case .authenticate: authenticationSentence(for: reply) ?? problem
    case .select: "Redis database \(database) cannot be used: \(problem)"
    case .name: problem
    case .version: "the version of Redis cannot be read: \(problem)"
    case .memory: "whether Redis evicts keys cannot be read: \(problem)"
    case .load(let script): "script \(script.name) cannot be loaded: \(problem)"
    }
  }

  /// Only the code of the error is repeated: some servers put the arguments they did not like into its text.
  private func authenticationSentence(for reply: RedisReply) -> String? {
    guard case .failed(let error) = reply else { return nil }
    return error.code == .generic
      ? "Redis refused the password of its address; perhaps it has none set"
      : "Redis refused the user or the password of its address (\(error.code.rawValue))"
  }
}
