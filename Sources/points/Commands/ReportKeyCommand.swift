// points report-key: a key to sign reports of payouts with. The secret is the only thing on standard output,
// so that a script can take it from there; its public half goes to standard error.
import API
import Configuration

enum ReportKeyCommand {
  private static let usage = """
    usage: points report-key

    Prints a new secret to sign reports of payouts with, once; it is stored nowhere. Give it to points serve
    as POINTS_REPORT_KEY or, better, in a file as POINTS_REPORT_KEY_FILE. Its public half, by which everybody
    can check reports, goes to standard error; the service tells it too (GET /points/report-key).

      points report-key > report.key
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    guard arguments.isEmpty else {
      Terminal.complain("points report-key: it takes no arguments")
      return .usage
    }
    let secret = ReportKey.makeText()
    guard let key = ReportKey(text: secret)?.publicKey else { return .failure }
    Terminal.complain("key \(key.id); the secret is shown only now. Its public half, which is to be kept:")
    Terminal.complain(key.text)
    Terminal.complain(key.pem)
    Terminal.say(secret)
    return .success
  }
}
