// points import: brings balances from elsewhere into the ledger.
import EventLoop
import PostgresClient
import Service

enum ImportCommand {
  private static let usage = """
    usage: points import FILE|- [--key-prefix NAME] [--report FILE] [--create-types] [--dry-run] [FLAGS]

    Reads comma-separated values with a header: user, type and balance, and if you like display_name,
    occurred_at, reason and description, in any order. Each line becomes one entry of the kind genesis. A line
    that was imported before does nothing, so an import that was stopped is simply run again; the same user
    and type with another balance is refused, and so is whatever cannot be read. The rest is imported.

      --key-prefix NAME   lines under another prefix are other lines; import unless set
      --report FILE       takes the refused lines with their numbers and reasons; once corrected, it can be
                          imported itself
      --create-types      creates point types that are not there yet
      --dry-run           writes nothing, and says what would be done; two lines of the file that contradict
                          each other are not seen

    Exit status: 0 if all is imported, now or before; 2 if lines were refused; 1 if it could not go on.
    Takes POINTS_DATABASE_URL and POINTS_USERS, or the flags of points serve. Services go on meanwhile.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    PostingCommand.run("import", usage: usage, arguments) { (request: ImportRequest, plan, loop) in
      await carryOut(request, plan, on: loop)
    }
  }

  private static func carryOut(
    _ request: ImportRequest, _ plan: ServicePlan, on loop: EventLoop
  ) async -> ExitStatus {
    let bar = ProgressBar()
    do throws(CommandFailure) {
      let file = try ImportFile(request.path)
      let report = try ImportReport(request.reportPath, besides: file)
      let begin = ContinuousClock.now
      let tally = try await run(request, plan, file, report, bar, on: loop)
      bar.end()
      Terminal.say(summary(of: tally, request, report, after: ContinuousClock.now - begin))
      return tally.refused > 0 ? .someRefused : .success
    } catch {
      bar.end()
      Terminal.complain("points import: \(error)")
      return .failure
    }
  }

  private static func run(
    _ request: ImportRequest, _ plan: ServicePlan, _ file: ImportFile, _ report: ImportReport,
    _ bar: ProgressBar, on loop: EventLoop
  ) async throws(CommandFailure) -> ImportTally {
    let outcome: Result<ImportTally, CommandFailure>
    do throws(PostgresError) {
      outcome = try await LedgerDesk.open(plan, createsUsers: plan.admitsAnybody, on: loop) { desk in
        let run = ImportRun(request, file, report, bar, at: desk)
        do throws(CommandFailure) {
          try await run.run()
          return .success(run.tally)
        } catch {
          let done = run.tally.imported + run.tally.known
          return .failure(
            CommandFailure(
              description: done == 0 || request.isDryRun
                ? "\(error)"
                : "\(error); \(done) lines are imported. Run the same command again: it goes on from there"))
        }
      }
    } catch {
      throw CommandFailure(description: "\(error)")
    }
    return try outcome.get()
  }

  private static func summary(
    of tally: ImportTally, _ request: ImportRequest, _ report: ImportReport, after time: Duration
  ) -> String {
    let verb = request.isDryRun ? "would be imported" : "imported"
    var sentence =
      "\(tally.imported) lines \(verb), \(tally.known) were there already, \(tally.refused) refused"
    if tally.refused > 0 { sentence += " (\(report.place))" }
    return sentence + "; \(Rate.text(tally.lines, "lines", in: time))"
  }
}
