// Rules for ever: what is read, what is refused, and when clocks change by them.
import Testing

@testable import Calendar

struct ZoneRuleTests {
  static func rule(_ text: String) -> ZoneRule? {
    var reader = ZoneRuleReader(Array(text.utf8)[...])
    return reader.read()
  }

  static func second(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0) throws -> Int {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    return date.daysSince1970 * 86400 + hour * 3600
  }

  @Test(
    arguments: [
      ("UTC0", 0), ("EST5", -18000), ("<+0545>-5:45", 20700), ("<-00>0", 0), ("<-0930>9:30", -34200),
      ("XXX-24:59:59", 89_999), ("abcDEF+3", -10800), ("AAA1:02:03", -3723),
    ])
  func `a fixed offset is read, to the west as POSIX counts`(text: String, offset: Int) {
    #expect(Self.rule(text) == ZoneRule(standardOffset: offset, daylight: nil))
  }

  @Test(arguments: [
    "", "U", "UT0", "UTC", "UTC0 ", " UTC0", "UTC25", "UTC0:60", "UTC0:00:60", "UTC--1", "UTC+-1", "UTC0:",
    "<UTC0", "<>0", "<+1>-1", "<+03 >-3", "UT_0", "UTC0000", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0",
    "CET-1CEST,M3.5.0,", "CET-1CEST,M3.5.0,M10.5.0,", "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,M0.5.0,M10.5.0",
    "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,J1,J366",
    "CET-1CEST,0,366", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0/-168,M10.5.0", "CET-1CEST,X,J1",
    "CET-1CEST,M3.5.0;M10.5.0", "CET-1CEST/2,M3.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0\n", "CET-1,M3.5.0,J1",
    "ÄÖÜ0", "UTC99999999999999999999",
  ])
  func `what is no rule is refused`(text: String) {
    #expect(Self.rule(text) == nil)
  }

  @Test func `daylight saving begins and ends to the second`() throws {
    let berlin = try #require(Self.rule("CET-1CEST,M3.5.0,M10.5.0/3"))
    let (begin, end) = try (Self.second(2050, 3, 27, 1), Self.second(2050, 10, 30, 1))
    #expect(berlin.offset(at: begin - 1) == 3600)
    #expect(berlin.offset(at: begin) == 7200)
    #expect(berlin.offset(at: end - 1) == 7200)
    #expect(berlin.offset(at: end) == 3600)
    #expect(berlin.change(after: begin - 1) == begin)
    #expect(berlin.change(after: begin) == end)
  }

  @Test func `in the south the year begins in daylight saving`() throws {
    let sydney = try #require(Self.rule("AEST-10AEDT,M10.1.0,M4.1.0/3"))
    #expect(try sydney.offset(at: Self.second(2050, 1, 1)) == 39600)
    #expect(try sydney.offset(at: Self.second(2050, 7, 1)) == 36000)
    #expect(try sydney.offset(at: Self.second(2050, 12, 31, 23)) == 39600)
  }

  @Test func `daylight saving may take time away, as in Ireland`() throws {
    let dublin = try #require(Self.rule("IST-1GMT0,M10.5.0,M3.5.0/1"))
    #expect(try dublin.offset(at: Self.second(2050, 1, 1)) == 0)
    #expect(try dublin.offset(at: Self.second(2050, 7, 1)) == 3600)
  }

  @Test func `a time may lie on the day before or behind`() throws {
    let nuuk = try #require(Self.rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"))
    #expect(try nuuk.change(after: Self.second(2050, 1, 1)) == Self.second(2050, 3, 27, 1))
    let gaza = try #require(Self.rule("EET-2EEST,M3.4.4/50,M10.4.4/50"))
    // The fourth Thursday of March 2050 is the 24th; fifty hours on, it is Saturday, two o'clock.
    #expect(try gaza.change(after: Self.second(2050, 1, 1)) == Self.second(2050, 3, 26, 0))
    // Changes of next year that come in this one, and of last year that come in the next.
    let early = try #require(Self.rule("AAA0BBB,M1.1.1/-167,M7.1.1"))
    #expect(try early.offset(at: Self.second(2030, 12, 31, 23)) == 3600)
    let late = try #require(Self.rule("AAA0BBB,M7.1.1,J365/167"))
    #expect(try late.offset(at: Self.second(2030, 1, 6, 21)) == 3600)
    #expect(try late.offset(at: Self.second(2030, 1, 6, 22)) == 0)
  }

  @Test func `days of the year count the leap day or do not`() throws {
    let ordinary = try #require(Self.rule("AAA0BBB,J60/0,J365/0"))
    let counted = try #require(Self.rule("AAA0BBB,59/0,364/0"))
    for (year, leap) in [(2023, false), (2024, true)] {
      let newYear = try Self.second(year, 1, 1)
      #expect(try ordinary.change(after: newYear) == Self.second(year, 3, 1))
      #expect(
        try counted.change(after: newYear) == (leap ? Self.second(year, 2, 29) : Self.second(year, 3, 1)))
    }
  }

  @Test(arguments: ["EST5EDT,0/0,J365/25", "EST5EDT4,0/0,J365/25"])
  func `daylight saving all year never ends`(text: String) throws {
    let rule = try #require(Self.rule(text))
    var second = try Self.second(2029, 12, 25)
    while try second < Self.second(2030, 1, 10) {
      #expect(rule.offset(at: second) == -14400)
      second += 1800
    }
  }
}
