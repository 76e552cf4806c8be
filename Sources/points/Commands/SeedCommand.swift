// points seed: fills a ledger with a made-up world, to try things out at the size they will have.
import EventLoop
import PostgresClient
import Service

enum SeedCommand {
  private static let usage = """
    usage: points seed [--users N] [--types N] [--transactions-per-user N] [--seed N] [--into-existing]
                       [FLAGS]

    Makes users with names and skewed balances, who earn and spend over eight weeks: many ties, a long tail,
    some mistakes that are taken back. The same numbers make the same world, and a run that was stopped is
    gone on with by the same command; on a finished world it does nothing.

      --users N                   1000000 unless set
      --types N                   point types, each with fewer users than the one before; 3 unless set
      --transactions-per-user N   on the average; 3 unless set
      --seed N                    another world; 1 unless set
      --into-existing             also where the ledger has other transactions; what is made stays beside
                                  them for ever

    Takes POINTS_DATABASE_URL and POINTS_CATEGORIES, or the flags of points serve.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    PostingCommand.run("seed", usage: usage, arguments) { (request: SeedRequest, plan, loop) in
      await carryOut(request, plan, on: loop)
    }
  }

  private static func carryOut(
    _ request: SeedRequest, _ plan: ServicePlan, on loop: EventLoop
  ) async -> ExitStatus {
    let bar = ProgressBar()
    let begin = ContinuousClock.now
    do throws(CommandFailure) {
      let tally = try await run(request, plan, bar, on: loop)
      bar.end()
      let made = Rate.text(tally.transactions - tally.known, "transactions", in: ContinuousClock.now - begin)
      Terminal.say("\(tally.sentence); \(made)")
      return .success
    } catch {
      bar.end()
      Terminal.complain("points seed: \(error)")
      return .failure
    }
  }

  private static func run(
    _ request: SeedRequest, _ plan: ServicePlan, _ bar: ProgressBar, on loop: EventLoop
  ) async throws(CommandFailure) -> SeedTally {
    let outcome: Result<SeedTally, CommandFailure>
    do throws(PostgresError) {
      outcome = try await LedgerDesk.open(plan, createsUsers: true, on: loop) { desk in
        let run = SeedRun(request, bar, at: desk)
        do throws(CommandFailure) {
          try await run.run()
          return .success(run.tally)
        } catch {
          let advice = run.tally.players > 0 ? ". Run the same command again: it goes on from there" : ""
          return .failure(CommandFailure(description: "\(error)\(advice)"))
        }
      }
    } catch {
      throw CommandFailure(description: "\(error)")
    }
    return try outcome.get()
  }
}
