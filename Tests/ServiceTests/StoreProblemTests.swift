// Which answer each trouble with a store becomes: what passes is 503 with a time to try again, what is our
// own mistake is 500, and neither repeats what the store said.
import API
import HTTPServer
import RedisClient
import Testing

@testable import PostgresClient

struct StoreProblemTests {
  private func refusal(_ state: String) -> PostgresError {
    .server(
      PostgresServerError(
        state: SQLState(rawValue: state), severity: "ERROR", message: "of host secret-host")
    )
  }

  private func expect(_ problem: Problem, _ code: ProblemCode, isRetried: Bool) {
    #expect(problem.code == code)
    #expect(problem.fields.isEmpty != isRetried)
    #expect(!problem.detail.isEmpty && !problem.detail.contains("secret"))
  }

  @Test func `a store that cannot serve now is unavailable, and one with too much to do is overloaded`() {
    let passing: [PostgresError] = [
      .connectionFailed(reason: "secret"), .connectionLost(reason: "secret"), .timedOut, .closed,
      .poolExhausted,
      .unsupportedServer(version: 130_000), refusal("57P01"), refusal("53300"), refusal("08006"),
      .rollbackFailed(cause: .timedOut, rollback: .closed),
    ]
    for error in passing { expect(Problem(error), .unavailable, isRetried: true) }
    expect(Problem(PostgresError.queueFull), .overloaded, isRetried: true)
    for state in ["40P01", "40001"] {
      expect(Problem(refusal(state)), .overloaded, isRetried: true)
      expect(
        Problem(PostgresError.rollbackFailed(cause: refusal(state), rollback: .closed)), .overloaded,
        isRetried: true)
    }

    let loading = RedisServerError(text: "LOADING secret")
    let absent: [RedisUnavailable] = [
      .notConnected, .circuitOpen, .closed, .timedOut, .connectionLost, .refused(loading),
    ]
    for reason in absent { expect(Problem(reason), .unavailable, isRetried: true) }
    expect(Problem(RedisUnavailable.overloaded), .overloaded, isRetried: true)
  }

  @Test func `a question that a store refuses is our own mistake`() {
    let mistakes: [PostgresError] = [
      refusal("42P01"), refusal("22012"), .skipped, .sessionBusy, .unexpectedRowCount(2),
      .transactionRolledBack,
      .invalidOptions(reason: "secret"), .abandoned(reason: "secret"),
    ]
    for error in mistakes { expect(Problem(error), .internalError, isRetried: false) }
    expect(Problem(RedisServerError(text: "WRONGTYPE secret")), .internalError, isRetried: false)
  }
}
