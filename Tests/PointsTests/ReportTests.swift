// `points report-key` and `points verify-report`, as whoever sets up a service and whoever audits it use
// them.
import Foundation
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct ReportTests {
    private static let key = "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

    /// Signed with the first key of RFC 8032.
    private static let report = [
      "record,userId,amount,keyId,publicKey,sha256,signature",
      #"line,"greta, ""G""",1000,,,,"#, "signature,,,\(seal)", "",
    ].joined(separator: "\r\n")

    private static let seal =
      "21fe31dfa154a261,ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo,"
      + "ed6810583d00723f27a63ef47897a2450866ecbde888cb7c45d480e0a4b5d8f8,"
      + "ed25519:82sLQ0zB_2gW8KCf_QBPHFW5Pj-5bcCa9h3vk7brCuqFzSKwzaY9rutMLtRdQ0BZZCtKPQ_pc9MXMHV1lqP0Cg"

    @Test func `a key is made, and each time another`() throws {
      let (first, second) = (try Program.run(["report-key"]), try Program.run(["report-key"]))
      #expect(first.ending == .exited(0) && first.output != second.output)
      // Nothing else on standard output, for a script that takes the secret from there.
      let secret = try #require(first.output.wholeMatch(of: /([A-Za-z0-9_-]{43})\n/)).1
      #expect(first.complaints.contains(/\ned25519:[A-Za-z0-9_-]{43}\n/))
      #expect(first.complaints.contains("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"))
      #expect(!first.complaints.contains(secret))
      #expect(try Program.run(["report-key", "x"]).ending == .exited(2))
      #expect(try Program.run(["report-key", "--help"]).output.contains("POINTS_REPORT_KEY_FILE"))
    }

    @Test func `a report is checked, and what is wrong with it is said`() throws {
      let directory = try TemporaryDirectory()
      let file = "\(directory.path)/payout.csv"
      func check(
        _ text: String, _ key: String = Self.key
      ) throws -> (ending: Ending, output: String, complaints: String) {
        try Data(text.utf8).write(to: URL(filePath: file))
        return try Program.run(["verify-report", file, "--public-key", key])
      }
      let genuine = try check(Self.report)
      #expect(genuine.ending == .exited(0), "\(genuine.complaints)")
      #expect(genuine.output.contains("is genuine: signed with the key 21fe31dfa154a261"))
      let other = "ed25519:PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"
      for (text, key, sentence) in [
        (Self.report.replacing("1000", with: "9000"), Self.key, "was changed after it was signed"),
        (Self.report.replacing("signature,,", with: "signature,x,"), Self.key, "is no signature"),
        (Self.report + "line,x,1,,,,\r\n", Self.key, "is no signature"), ("", Self.key, "is no signature"),
        (Self.report, other, "names the key 21fe31dfa154a261"),
      ] {
        let run = try check(text, key)
        #expect(run.ending == .exited(1) && run.output.isEmpty, "\(text)")
        #expect(run.complaints.contains("is not genuine: ") && run.complaints.contains(sentence))
      }
      let gone = try Program.run(["verify-report", "\(file).gone", "--public-key", Self.key])
      #expect(gone.ending == .exited(1) && gone.complaints.contains("cannot be read: No such file"))
    }

    @Test(arguments: [
      [], ["f"], ["--public-key", key], ["f", "g", "--public-key", key], ["f", "--public-key", "x"],
      ["f", "--public-key"], ["f", "--public-key", key, "--colour", "blue"],
    ])
    func `a mistaken request is a mistake of its author`(arguments: [String]) throws {
      let run = try Program.run(["verify-report"] + arguments)
      #expect(run.ending == .exited(2) && run.output.isEmpty && !run.complaints.isEmpty)
    }
  }
}
