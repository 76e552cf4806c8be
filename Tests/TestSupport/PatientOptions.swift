// Time-outs that no busy machine reaches. Those of a service are short, so that its callers are told soon; a
// test of anything else must not fail because nothing was done for seconds. Tests of time-outs set their own.
package import LedgerStore
package import PostgresClient
package import RedisClient

extension PostgresConnectionOptions {
  package mutating func beForTests() {
    connectTimeout = .seconds(60)
    statementTimeout = .seconds(60)
    lockTimeout = .seconds(50)
    idleInTransactionTimeout = .seconds(120)
  }
}

extension PostgresPoolOptions {
  /// Many tests run at once, and their server has sessions for all of them only if each has few.
  package static func forTests(sessionsMax: Int) -> PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.sessionsMax = sessionsMax
    options.waitTimeout = .seconds(60)
    return options
  }
}

extension RedisOptions {
  package static var forTests: RedisOptions {
    var options = RedisOptions()
    options.timeout = .seconds(20)
    options.connectTimeout = .seconds(20)
    options.stallLimit = .seconds(60)
    return options
  }
}

extension LaneOptions {
  package static var forTests: LaneOptions {
    var options = LaneOptions()
    options.patience = .seconds(60)
    return options
  }
}
