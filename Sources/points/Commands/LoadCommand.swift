// points load: sends load to a running service and tells how long the answers took.
import LoadSender

enum LoadCommand {
  private static let usage = """
    usage: points load [--send WHAT] [--rate N] [FLAGS]

    Sends requests to a running service. With --rate so many a second are due, and the time of each counts
    from the instant at which it was due, so that a service that stalls is charged for all that waited.
    Without it every connection sends its next request when one is answered, as fast as the service goes.
    Awards are real: the members member-0000000 and so on of the default point type get them.

      --send WHAT       awards, batches, balances, ranks, pages or path (awards)
      --members N       how many members are drawn from (10,000)
      --behind N        awards: to members behind so many others (0)
      --size N          awards in a batch (100)
      --types N         the top 100 of type-000 and so on, instead of the default type's
      --offsets N       pages: 100 rows behind fewer than N others, instead of the top 100 (1)
      --path PATH       what --send path asks for
      --rate N          requests a second; without it as fast as they are answered
      --seconds N       how long (10)
      --warm-up N       seconds before, which do not count (1)
      --host HOST       the service (127.0.0.1)
      --port N          its port (8080)
      --version NAME    http1 or http2 (http1)
      --connections N   how many (64)
      --streams N       requests at once on a connection of HTTP/2 (32)
      --json            the figures for a program, times in microseconds

    The API key is taken from POINTS_API_KEY. Exit status 1: not everything was answered well.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if arguments.contains("--help") || arguments.contains("-h") {
      Terminal.say(usage)
      return .success
    }
    do throws(OwnArguments.Mistake) {
      return send(try LoadRequest(arguments, environment: Settings.environment))
    } catch {
      Terminal.complain("points load: \(error.sentence)")
      return .usage
    }
  }

  private static func send(_ request: LoadRequest) -> ExitStatus {
    do throws(LoadError) {
      let report = try LoadSender.run(request.plan)
      if request.isJSON {
        Terminal.say(report.json)
      } else {
        for line in LoadTable.lines(of: report) { Terminal.say(line) }
      }
      return report.isClean ? .success : .failure
    } catch {
      Terminal.complain("points load: \(error)")
      return .failure
    }
  }
}
