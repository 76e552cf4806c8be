// The secret of reports: in one form only, and never shown.
import Testing

@testable import Configuration

struct ReportKeySettingTests {
  private static let seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"

  @Test func `a seed is taken from the environment, a file or a flag, and is not shown`() throws {
    let readings = [
      try reading([], ["POINTS_REPORT_KEY": Self.seed]),
      try reading([], ["POINTS_REPORT_KEY_FILE": "/run/key"], files: ["/run/key": Self.seed + "\n"]),
      try reading(["--report-key", Self.seed]),
    ]
    for reading in readings {
      #expect(reading.configuration.reportKey.revealed == Self.seed)
      let lines = reading.configuration.describe()
      #expect(lines.contains("POINTS_REPORT_KEY=***") && !lines.joined().contains(Self.seed))
    }
    #expect(try reading().configuration.reportKey.revealed.isEmpty)
  }

  @Test(arguments: [
    "x", String(seed.dropLast()), seed + "A", seed + "=", "+\(seed.dropFirst())",
    // 32 bytes, and a bit of a 33rd.
    "\(seed.dropLast())B",
  ])
  func `anything else stops the start, and is not shown either`(text: String) {
    let found = errors([], ["POINTS_REPORT_KEY": text])
    #expect(found.count == 1)
    let sentence = found.first?.description ?? ""
    #expect(sentence.hasPrefix("POINTS_REPORT_KEY has a wrong value, not shown here."), "\(sentence)")
    #expect(text == "x" || !sentence.contains(text))
  }
}
