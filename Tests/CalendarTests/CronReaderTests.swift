// Cron expressions: what is read, and why the rest is refused.
import Calendar
import TestSupport
import Testing

struct CronReaderTests {
  /// In Universal Time, after 2026-11-21 12:34:56, a Saturday.
  private func next(_ text: String) throws -> String? {
    let now = TimeZone.universal.instant(of: try TimeZoneTests.local("2026-11-21 12:34:56"))
    let next = try CronExpression(text).next(after: now, in: .universal)
    return next.map { TimeZone.universal.civil(at: $0).description }
  }

  @Test(
    arguments: [
      ("* * * * *", "2026-11-21 12:35:00"), ("0 * * * *", "2026-11-21 13:00:00"),
      ("34 12 * * *", "2026-11-22 12:34:00"), ("35 12 * * *", "2026-11-21 12:35:00"),
      ("*/15 * * * *", "2026-11-21 12:45:00"), ("5-50/15 * * * *", "2026-11-21 12:35:00"),
      ("1,2,40-45 * * * *", "2026-11-21 12:40:00"), ("0 0 1 * *", "2026-12-01 00:00:00"),
      ("0 0 29 2 *", "2028-02-29 00:00:00"), ("0 0 31 * *", "2026-12-31 00:00:00"),
      ("0 9 * JAN mon", "2027-01-04 09:00:00"), ("0 9 * * MON-FRI", "2026-11-23 09:00:00"),
      ("0 9 * * 0", "2026-11-22 09:00:00"), ("0 9 * * 7", "2026-11-22 09:00:00"),
      ("0 9 * * fri-sun", "2026-11-22 09:00:00"), ("0 9 * * 5-7", "2026-11-22 09:00:00"),
      ("0 9 * * 6-7/1", "2026-11-22 09:00:00"), ("0 9 * mar-apr/1 *", "2027-03-01 09:00:00"),
      // Either day will do where both are restricted; a star with a step restricts nothing by itself.
      ("0 0 13 * FRI", "2026-11-27 00:00:00"), ("0 0 13 12 5", "2026-12-04 00:00:00"),
      ("0 0 31 2 5", "2027-02-05 00:00:00"), ("0 0 */10 * FRI", "2026-12-11 00:00:00"),
      ("0 0 29 2 */7", "2032-02-29 00:00:00"),
      ("@hourly", "2026-11-21 13:00:00"), ("@daily", "2026-11-22 00:00:00"),
      ("@midnight", "2026-11-22 00:00:00"),
      ("@weekly", "2026-11-22 00:00:00"), ("@monthly", "2026-12-01 00:00:00"),
      ("@yearly", "2027-01-01 00:00:00"), ("@annually", "2027-01-01 00:00:00"),
      ("@every 30s", "2026-11-21 12:35:00"), ("@every 7s", "2026-11-21 12:34:59"),
      ("@every 5m", "2026-11-21 12:35:00"), ("@every 2h", "2026-11-21 14:00:00"),
      ("@every 8784h", "2027-02-13 00:00:00"), ("  0\t0  1 1 *  ", "2027-01-01 00:00:00"),
    ])
  func `an expression is due when it says`(text: String, due: String) throws {
    #expect(try next(text) == due)
  }

  @Test(
    arguments: [
      ("", .fieldCount(0)), ("* * * *", .fieldCount(4)), ("* * * * * *", .fieldCount(6)),
      ("@reboot", .unknownMacro("@reboot")), ("@daily 5", .unknownMacro("@daily 5")),
      ("@Daily", .unknownMacro("@Daily")), ("@every", .interval("")), ("@every 5", .interval("5")),
      ("@every 0s", .interval("0s")), ("@every -5s", .interval("-5s")), ("@every 5d", .interval("5d")),
      ("@every 1h30m", .interval("1h30m")), ("@every 8785h", .interval("8785h")),
      ("@every 999999999999s", .interval("999999999999s")), ("@every 5 m", .interval("5 m")),
      ("60 * * * *", .outOfRange(.minute, 60)), ("* 24 * * *", .outOfRange(.hour, 24)),
      ("* * 0 * *", .outOfRange(.dayOfMonth, 0)), ("* * 32 * *", .outOfRange(.dayOfMonth, 32)),
      ("* * * 0 *", .outOfRange(.month, 0)), ("* * * 13 *", .outOfRange(.month, 13)),
      ("* * * * 8", .outOfRange(.dayOfWeek, 8)), ("0-60 * * * *", .outOfRange(.minute, 60)),
      ("-1 * * * *", .empty(.minute)), ("1- * * * *", .empty(.minute)), (", * * * *", .empty(.minute)),
      ("1,,2 * * * *", .empty(.minute)), ("1-5/ * * * *", .empty(.minute)), ("/5 * * * *", .empty(.minute)),
      ("+1 * * * *", .value(.minute, "+1")), ("x * * * *", .value(.minute, "x")),
      ("٣ * * * *", .value(.minute, "٣")), ("1.5 * * * *", .value(.minute, "1.5")),
      ("** * * * *", .value(.minute, "**")), ("1-2-3 * * * *", .value(.minute, "2-3")),
      ("* MON * * *", .value(.hour, "MON")), ("* * * MON *", .value(.month, "MON")),
      ("* * L * *", .value(.dayOfMonth, "L")), ("* * * * 5#2", .value(.dayOfWeek, "5#2")),
      ("? * * * *", .value(.minute, "?")),
      ("99999999999999999999 * * * *", .value(.minute, "99999999999999999999")),
      ("5-1 * * * *", .order(.minute, "5-1")), ("* * * DEC-JAN *", .order(.month, "DEC-JAN")),
      ("* * * * FRI-MON", .order(.dayOfWeek, "FRI-MON")),
      ("*/0 * * * *", .step(.minute, "0")), ("*/60 * * * *", .step(.minute, "60")),
      ("*/x * * * *", .step(.minute, "x")), ("*/5/5 * * * *", .step(.minute, "5/5")),
      ("* */24 * * *", .step(.hour, "24")), ("5/15 * * * *", .stepWithoutRange(.minute, "5/15")),
      ("0 0 31 2 *", .never), ("0 0 30-31 FEB *", .never), ("0 0 31 4,6,9,11 *", .never),
      ("0 0 30 2 */2", .never),
    ] as [(String, CronDefect)])
  func `what is no expression is refused with its field and reason`(text: String, defect: CronDefect) {
    #expect(throws: CalendarError.cron(defect)) { try CronExpression(text) }
    #expect(!CalendarError.cron(defect).description.isEmpty)
  }

  @Test func `a long text is refused unread`() {
    let text = String(repeating: "1,", count: 200) + "1 * * * *"
    #expect(throws: CalendarError.cron(.tooLong)) { try CronExpression(text) }
  }

  @Test func `no text makes the reader or what it read trap`() {
    var random = SeededGenerator.forThisRun()
    let words = [
      "*", "*/", ",", "-", "/", "0", "1", "5", "7", "12", "59", "MON", "jan", "@", "@every", "h", " ",
    ]
    var readable = 0
    for _ in 0..<20_000 {
      let fields = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (0..<Int.random(in: 1...4, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
          .joined()
      }
      let text = Int.random(in: 0...3, using: &random) == 0 ? fields : fields.map { String($0.prefix(1)) }
      guard let cron = try? CronExpression(text.joined(separator: " ")) else { continue }
      readable += 1
      let now = Int64.random(in: .min ... .max, using: &random)
      #expect(cron.next(after: now, in: .universal) ?? .max > now, "\(cron.text), seed \(random.seed)")
    }
    #expect(readable > 15, "seed \(random.seed)")
  }

  @Test func `a reason is a sentence about its field`() {
    #expect(CronDefect.outOfRange(.hour, 24).description == "hour: 24 is not within 0 to 23")
    #expect(CronDefect.value(.month, "MON").description == "month: MON is no number and no name such as FEB")
    #expect(CronDefect.value(.hour, "x").description == "hour: x is no number")
  }
}
