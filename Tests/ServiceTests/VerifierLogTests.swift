// The lines of the log by which people and their tools hear of what the verifier found.
import BoardStore
import Boards
import EventLoop
import Foundation
import Ledger
import Testing
import Verification

@testable import Service

@Suite struct VerifierLogTests {
  private static let type = PointTypeID(UUIDBits(high: 1, low: 2))
  private static let ann = UserID(stored: "ann")

  @Test(arguments: [
    (
      VerifierEvent.drift(
        Drift(.misscored, type, user: ann, board: .earned, expected: "5", found: "6"), type: "gems",
        isRepaired: true),
      #""verify":"drift","pointType":"gems","kind":"misscored","userId":"ann","board":"earned","#
        + #""expected":"5","found":"6","repaired":true"#
    ),
    (
      .drift(
        Drift(.sum, type, user: nil, board: .balance, expected: "5", found: "no sum"), type: "gems",
        isRepaired: false),
      #""verify":"drift","pointType":"gems","kind":"sum","userId":null,"board":"balance","expected":"5","#
        + #""found":"no sum","repaired":false"#
    ),
    (
      .brokenChain(
        ChainFault(.gap, AccountKey(user: ann, pointType: type), expected: "a link", found: "none"),
        type: "gems"),
      #""level":"error","verify":"broken_chain","pointType":"gems","kind":"gap","userId":"ann","#
        + #""expected":"a link","found":"none""#
    ),
    (
      .alarm(type: "gems", ratio: 0.0125),
      #""level":"error","verify":"alert","pointType":"gems","ratio":0.0125"#
    ),
    (.calm(type: "gems"), #""verify":"calm","pointType":"gems""#),
    (
      .loss(type: "gems", lost: 5, total: 90, isRetired: true),
      #""level":"error","verify":"loss","pointType":"gems","lost":5,"of":90,"retired":true"#
    ),
    (
      .loss(type: "gems", lost: 1, total: 900, isRetired: false),
      #""verify":"loss","pointType":"gems","lost":1,"of":900,"retired":false"#
    ),
    (.rebuild(type: "gems"), #""level":"error","verify":"rebuild","pointType":"gems""#),
  ])
  func `each finding is a line, and what somebody must hear of has a level`(
    event: VerifierEvent, line: String
  ) throws {
    let written = try Self.written { $0.tell(event) }
    let time = try #require(written.firstMatch(of: /^\{"time":"[^"]+",/))
    #expect(written[time.range.upperBound...] == line + "}\n")
  }

  @Test func `a flood of findings does not flood the log, and hides no alert`() throws {
    let written = try Self.written { log in
      let drift = Drift(.missing, Self.type, user: Self.ann, expected: "", found: "")
      for _ in 0..<1_000 { log.tell(.drift(drift, type: "gems", isRepaired: true)) }
      log.tell(.alarm(type: "gems", ratio: 1))
    }
    let lines = written.split(separator: "\n")
    // The minute may end in between.
    #expect((61...121).contains(lines.count))
    #expect(lines.last?.contains(#""verify":"alert""#) == true)
  }

  private static func written(_ body: (VerifierLog) -> Void) throws -> String {
    let path = "/tmp/points-log-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let writer = LineWriter(descriptor: descriptor)
    body(VerifierLog(writer))
    writer.close(patience: .seconds(30))
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}
