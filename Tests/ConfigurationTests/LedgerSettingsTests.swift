// The settings of the ledger, and the forms that only they have.
import Testing

@testable import Configuration

struct LedgerSettingsTests {
  @Test func `without settings the ledger is open and has no bounds of its own`() throws {
    let configuration = try reading().configuration
    #expect(configuration.users == .open)
    #expect(configuration.categories == [])
    #expect(configuration.minAward == nil && configuration.maxAward == nil)
    #expect(configuration.occurredPast == .seconds(90 * 24 * 3600))
    #expect(configuration.occurredFuture == .seconds(60))
  }

  @Test(arguments: [
    ("raid", ["raid"]), ("raid,bonus", ["raid", "bonus"]), (" raid , bonus ", ["raid", "bonus"]),
    ("Raid,raid", ["Raid", "raid"]), ("a.b:c-d_9", ["a.b:c-d_9"]), ("", []),
    ("raid,", nil), (",", nil), ("raid,,bonus", nil), ("raid,raid", nil), ("two words", nil), ("é", nil),
    (" ", nil), (String(repeating: "x", count: 65), nil),
  ])
  func `categories are different names with commas between them`(text: String, names: [String]?) {
    #expect((try? reading(["--categories", text]).configuration.categories) == names)
  }

  @Test(arguments: [
    ("1", Int64(1)), ("9223372036854775807", .max), ("0", nil), ("-1", nil), ("9223372036854775808", nil),
    ("1.5", nil), ("10s", nil),
  ])
  func `the bound of an award is an amount`(text: String, bound: Int64?) {
    #expect((try? reading(["--min-award", text]).configuration.minAward) == bound)
    #expect((try? reading(["--max-award", text]).configuration.maxAward) == bound)
  }

  @Test(arguments: [
    ("90d", Duration.seconds(90 * 86400)), ("36500d", .seconds(36500 * 86400)), ("0s", .zero),
    ("36501d", nil), ("90D", nil), ("d", nil),
  ])
  func `a duration can be days`(text: String, value: Duration?) {
    #expect((try? reading(["--occurred-past", text]).configuration.occurredPast) == value)
  }
}
