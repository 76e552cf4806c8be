// A word with Redis beside the service, as its administrator has it.
import EmbeddedServers

struct StoreConsole {
  struct Refused: Error {
    let reply: String
  }

  private let redis: EmbeddedRedis

  init(_ redis: EmbeddedRedis) {
    self.redis = redis
  }

  /// Runs a command of words without blanks whose reply is one line.
  func run(_ command: String) throws {
    guard let port = redis.port, let password = redis.password else { throw Refused(reply: "no port") }
    let caller = try Caller(port: port)
    try caller.send("AUTH \(password)\r\n\(command)\r\n")
    for _ in 0..<2 {
      let reply = try caller.line()
      guard reply.hasPrefix("+") || reply.hasPrefix(":") else { throw Refused(reply: reply) }
    }
  }
}
