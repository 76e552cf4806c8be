// What a new connection makes of the server's first answers.
import Testing

@testable import RedisClient

@Suite struct HandshakeTests {
  private static let script = RedisScript(name: "greet", source: "return 1".bytes)

  private static func sentence(
    _ url: String, _ replies: [RedisReply], scripts: [RedisScript] = []
  ) throws -> String? {
    let handshake = Handshake(address: try RedisAddress(url), scripts: scripts)
    switch handshake.verdict(on: replies) {
    case .ready: return nil
    case .refused(let sentence), .unsupported(let sentence): return sentence
    }
  }

  private static func info(_ version: String) -> RedisReply {
    .value(.bulk("# Server\r\nredis_version:\(version)\r\nredis_mode:standalone\r\n".bytes))
  }

  private static func memory(limit: String = "0", policy: String = "noeviction") -> RedisReply {
    .value(.bulk("# Memory\r\nmaxmemory:\(limit)\r\nmaxmemory_policy:\(policy)\r\n".bytes))
  }

  private static let ok = RedisReply.value(.status("OK"))

  @Test func `a server that refuses a name is still served`() throws {
    let refusal = RedisReply.failed(RedisServerError(text: "NOPERM no"))
    #expect(try Self.sentence("redis://h", [Self.ok, refusal, Self.info("7.0.15"), Self.memory()]) == nil)
  }

  @Test func `an old version is named before everything else it refuses`() throws {
    let failed = RedisReply.failed(RedisServerError(text: "ERR wrong number of arguments"))
    let sentence = try Self.sentence("redis://u:p@h", [failed, failed, Self.ok, Self.info("5.0.14"), failed])
    #expect(sentence?.contains("5.0.14 is too old") == true)
  }

  @Test func `each refusal says what to repair`() throws {
    let noAuth = RedisReply.unavailable(.refused(RedisServerError(text: "NOAUTH Authentication required.")))
    let noAuths = [noAuth, noAuth, noAuth, noAuth]
    #expect(try Self.sentence("redis://h", noAuths)?.contains("demands a password") == true)
    let range = RedisReply.failed(RedisServerError(text: "ERR DB index is out of range"))
    let ranged = [range, Self.ok, Self.info("7.0.0"), Self.memory()]
    #expect(try Self.sentence("redis://h/99", ranged)?.contains("database 99") == true)
    let compile = RedisReply.failed(RedisServerError(text: "ERR Error compiling script"))
    let replies = [Self.ok, Self.ok, Self.info("7.0.0"), Self.memory(), compile]
    #expect(try Self.sentence("redis://h", replies, scripts: [Self.script])?.contains("script greet") == true)
    let echoing = RedisReply.failed(RedisServerError(text: "ERR unknown command 'AUTH', args: 'hunter2'"))
    let refusal = try Self.sentence("redis://:hunter2@h", [echoing] + noAuths)
    #expect(refusal?.contains("refused the password") == true && refusal?.contains("hunter2") == false)
    let silent = RedisReply.unavailable(.timedOut)
    #expect(try Self.sentence("redis://h", [silent, silent, silent, silent])?.contains("in time") == true)
    let mute = [Self.ok, Self.ok, .value(.bulk([])), Self.memory()]
    #expect(try Self.sentence("redis://h", mute)?.contains("version") == true)
    let bounds = RedisReply.failed(RedisServerError(text: "NOPERM no"))
    let secretive = [Self.ok, Self.ok, Self.info("7.0.0"), bounds]
    #expect(try Self.sentence("redis://h", secretive)?.contains("evicts") == true)
  }

  @Test(arguments: [
    ("0", "allkeys-lru", false), ("1048576", "noeviction", false), ("1048576", "volatile-lru", false),
    ("1048576", "allkeys-lru", true), ("1048576", "allkeys-lfu", true), ("1048576", "allkeys-random", true),
  ])
  func `a server that may throw away a board is unsupported`(
    limit: String, policy: String, isUnsupported: Bool
  ) throws {
    let replies = [Self.ok, Self.ok, Self.info("7.0.0"), Self.memory(limit: limit, policy: policy)]
    switch Handshake(address: try RedisAddress("redis://h"), scripts: []).verdict(on: replies) {
    case .unsupported(let sentence):
      #expect(isUnsupported && sentence == "Redis evicts keys (maxmemory-policy \(policy)); set noeviction")
    case .ready: #expect(!isUnsupported)
    case .refused(let sentence): Issue.record("\(sentence)")
    }
  }
}
