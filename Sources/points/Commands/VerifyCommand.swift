// points verify: holds the ledger against itself and the mirrors against the ledger, while services run.
import Configuration
import EventLoop
import Service
import Verification

enum VerifyCommand {
  private static let usage = """
    usage: points verify [--type NAME]... [--user ID] [--repair] [--json] [FLAGS]

    Checks every account against the chain of its transactions, and everything that Redis holds of it
    against the account, both ways. Services go on meanwhile. What is wrong in Redis can be repaired with
    --repair; what is wrong in the ledger is only told. With --user the accounts of one user are checked, and
    no board is searched for members that belong to nobody. --json prints the findings for a program.

    Exit status: 0 nothing is wrong, or all of it was repaired; 1 something could not be checked; 2 Redis has
    drifted; 3 the ledger itself is broken. The highest that is true.

    Takes POINTS_DATABASE_URL and POINTS_REDIS_URL, or the flags of points serve.
    """

  /// As a status of this command, 2 is a finding; a mistake in the arguments is 1.
  private static let drifted = ExitStatus(rawValue: 2)
  private static let broken = ExitStatus(rawValue: 3)

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    guard let request = VerifyRequest(arguments),
      let configuration = Settings.read(request.settings, environment: Settings.environment)
    else { return .failure }
    let log = LineWriter(descriptor: 2)
    defer { log.close() }
    do throws(ServiceError) {
      let verification = LedgerVerification(try ServicePlan(configuration, log: log))
      return OwnerSession.run { loop in await carryOut(verification, request, on: loop) }
    } catch {
      Terminal.complain("points verify: \(error)")
      return .failure
    }
  }

  private static func carryOut(
    _ verification: LedgerVerification, _ request: VerifyRequest, on loop: EventLoop
  ) async -> ExitStatus {
    let bar = ProgressBar()
    do throws(LedgerVerification.Failure) {
      let report = try await verification.run(request.verification, on: loop) {
        bar.show($0, done: $1, total: $2)
      }
      bar.end()
      if request.isJSON {
        Terminal.say(VerifyJSON.text(of: report))
      } else {
        for line in VerifyTable.lines(of: report) { Terminal.say(line) }
      }
      return status(of: report)
    } catch {
      bar.end()
      Terminal.complain("points verify: \(error)")
      return .failure
    }
  }

  private static func status(of report: LedgerVerification.Report) -> ExitStatus {
    if !report.ledger.isWhole { return broken }
    var status = report.ledger.failure == nil ? ExitStatus.success : .failure
    for mirror in report.mirrors {
      switch mirror.outcome {
      case .success(let findings):
        if !findings.isWhole { return drifted }
        if findings.isWithoutSums || findings.behind > 0 { status = .failure }
      case .failure: status = .failure
      }
    }
    return status
  }
}
