// points verify-report: whether the report of a payout is as the service has signed it. It needs no service,
// only the file and a public key that is trusted.
import API
import Configuration
import Glibc

enum VerifyReportCommand {
  private static let usage = """
    usage: points verify-report FILE --public-key KEY

    Checks the signature of a report of a payout, CSV or JSON. KEY is the public key of the service that made
    it (ed25519:..., from points report-key or GET /points/report-key), not the one in the file: whoever
    forges a report would put his own there.

    Exit status: 0 it is genuine; 1 it is not, or could not be read.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    do throws(OwnArguments.Mistake) {
      let (file, key) = try request(arguments)
      return check(file, by: key)
    } catch {
      Terminal.complain("points verify-report: \(error.sentence)")
      return .usage
    }
  }

  private static func request(
    _ arguments: [String]
  ) throws(OwnArguments.Mistake) -> (file: String, key: PublicReportKey) {
    let given = try OwnArguments(arguments, flags: ["--public-key"], switches: [])
    if let strange = given.settings.first {
      throw OwnArguments.Mistake(sentence: "\(strange) does not belong here")
    }
    guard given.words.count == 1 else { throw OwnArguments.Mistake(sentence: "it takes one file") }
    guard let text = given.values["--public-key"] else {
      throw OwnArguments.Mistake(sentence: "--public-key is missing")
    }
    guard let key = PublicReportKey(text: text) else {
      throw OwnArguments.Mistake(
        sentence: "--public-key is no public key of reports, which are ed25519: and 43 characters")
    }
    return (given.words[0], key)
  }

  private static func check(_ file: String, by key: PublicReportKey) -> ExitStatus {
    let verdict: ReportCheck.Verdict
    do throws(UnreadableFile) {
      verdict = try self.verdict(of: file, by: key)
    } catch {
      Terminal.complain("points verify-report: \(file) cannot be read: \(error.reason)")
      return .failure
    }
    guard verdict == .genuine else {
      Terminal.complain("\(file) is not genuine: \(verdict.sentence(key))")
      return .failure
    }
    Terminal.say("\(file) is genuine: signed with the key \(key.id), and not changed since.")
    return .success
  }

  private static func verdict(
    of file: String, by key: PublicReportKey
  ) throws(UnreadableFile) -> ReportCheck.Verdict {
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var check = ReportCheck()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      check.add(Array(piece[..<count]))
    }
    return check.verdict(by: key)
  }
}

extension ReportCheck.Verdict {
  fileprivate func sentence(_ key: PublicReportKey) -> String {
    switch self {
    case .genuine: "it is."
    case .unsigned: "its last line is no signature. It was cut off, added to or changed, or is no report."
    case .signedByAnother(let id): "it names the key \(id), and was to be checked with \(key.id)."
    case .changed: "it was changed after it was signed."
    case .forged: "its signature was not made with the key \(key.id)."
    }
  }
}
