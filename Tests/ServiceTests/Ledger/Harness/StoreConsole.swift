// A word with Redis beside the service, as its administrator has it.
import EmbeddedServers
import Foundation

struct StoreConsole {
  struct Refused: Error {
    let reply: String
  }

  private let port: UInt16?
  private let password: String?

  init(_ redis: EmbeddedRedis) {
    (port, password) = (redis.port, redis.password)
  }

  init(port: UInt16, password: String) {
    (self.port, self.password) = (port, password)
  }

  /// The number that a command answers.
  func number(_ command: String) throws -> Int {
    let reply = try run(command)
    guard let number = Int(reply.dropFirst().filter(\.isNumber)) else { throw Refused(reply: reply) }
    return number
  }

  /// Runs a command whose reply is one line, and returns that.
  @discardableResult
  func run(_ command: String) throws -> String {
    guard let port, let password else { throw Refused(reply: "no port") }
    let caller = try Caller(port: port)
    try caller.send("AUTH \(password)\r\n\(command)\r\n")
    var reply = ""
    for _ in 0..<2 {
      reply = try caller.line().trimmingCharacters(in: .newlines)
      guard reply.hasPrefix("+") || reply.hasPrefix(":") else { throw Refused(reply: reply) }
    }
    return reply
  }

  /// How many keys there are that begin so.
  func keys(beginningWith prefix: String) throws -> Int {
    try number("EVAL \"return #redis.call('KEYS', ARGV[1])\" 0 \(prefix)*")
  }
}
