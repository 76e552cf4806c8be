// A word with Redis beside the service, as its administrator has it.
import EmbeddedServers
import Foundation

struct StoreConsole {
  struct Refused: Error {
    let reply: String
  }

  private let redis: EmbeddedRedis

  init(_ redis: EmbeddedRedis) {
    self.redis = redis
  }

  /// Runs a command whose reply is one line, and returns that.
  @discardableResult
  func run(_ command: String) throws -> String {
    guard let port = redis.port, let password = redis.password else { throw Refused(reply: "no port") }
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
    Int(try run("EVAL \"return #redis.call('KEYS', ARGV[1])\" 0 \(prefix)*").dropFirst()) ?? -1
  }
}
