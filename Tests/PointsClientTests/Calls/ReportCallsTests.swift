// The calls about reports of payouts: what is asked, and that nothing of the answer is changed.
import PointsClient
import Testing

struct ReportCallsTests {
  @Test func `a report comes byte for byte as it was sent`() async throws {
    let report = "record,userId\r\nline,\"a, b\"\r\nsignature,\r\n"
    try await withClient(answering: { _ in ScriptedAnswers.json(report) }) { points, server in
      let table = try await points.distributionReport(id: "d/1")
      let document = try await points.distributionReport(id: "d/1", format: .json)
      #expect(table == Array(report.utf8) && document == table)
      #expect(
        server.requests.map(\.target)
          == ["csv", "json"].map { "/points/distributions/d%2F1/report?format=\($0)" })
    }
  }

  @Test func `the public key is read with all that it says`() async throws {
    let body = #"{"algorithm":"Ed25519","keyId":"21fe31dfa154a261","publicKey":"ed25519:x","pem":"-\n"}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let key = try await points.reportKey()
      #expect((key.id, key.publicKey, key.pem) == ("21fe31dfa154a261", "ed25519:x", "-\n"))
      #expect(server.requests.map(\.target) == ["/points/report-key"])
    }
  }
}
