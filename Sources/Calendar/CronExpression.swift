// When a job is due: a cron expression, read in a time zone.
//
// Five fields (minute, hour, day of month, month, day of week) of numbers, names, ranges, lists and steps; or
// `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`; or `@every 30s`, which counts from 1970 on, so that
// all who ask mean the same instants. Where both fields of days are restricted, a day of either will do; a
// field that begins with a star restricts nothing, as cron has it.
//
// Where clocks are changed, it depends on the field of hours. Hours that are named are times on the clock:
// each is due once a day. One that is skipped is due at the instant of the change, together with all others
// skipped there; one that comes twice is due the first time. Hours that are not named (`*`, `*/2`, or all 24)
// pass as they really do: one that clocks skip did not happen, one that comes twice happens twice.

package struct CronExpression: Sendable, Hashable {
  /// As it was written.
  package let text: String
  private let schedule: Schedule

  enum Schedule: Sendable, Hashable {
    case times(CronTimes)
    /// In seconds.
    case interval(Int)
  }

  /// Two leap days on the same weekday are 40 years apart at most. Where clocks skip such a time, the next
  /// one does.
  private static let yearsMax = 100

  package init(_ text: String) throws(CalendarError) {
    do {
      schedule = try CronReader.read(text)
    } catch {
      throw .cron(error)
    }
    self.text = text
  }

  /// The first instant strictly after this one at which it is due. Nil when there is none in a
  /// hundred years, or before the year 10000.
  package func next(after instant: UnixMicroseconds, in zone: TimeZone) -> UnixMicroseconds? {
    let second = instant.wholeSecond
    let next: Int? =
      switch schedule {
      case .interval(let length): (second.dividedDown(by: length).quotient + 1) * length
      case .times(let times) where times.countsHours: Self.nextAsHoursPass(times, after: second, zone.history)
      case .times(let times): Self.nextOnTheClock(times, after: second, zone.history)
      }
    guard let next else { return nil }
    let due = UnixMicroseconds(wholeSecond: next)
    return due > instant ? due : nil
  }

  /// Each selected time on the clock has one instant, and a later time has no earlier one. So it is the first
  /// time whose instant comes after this one.
  private static func nextOnTheClock(_ times: CronTimes, after second: Int, _ zone: ZoneHistory) -> Int? {
    var local = second + zone.offset(at: second)
    while let time = times.first(from: CivilDateTime(secondsSince1970: local + 1), years: yearsMax) {
      local = time.secondsSince1970
      let due = zone.second(showing: local)
      // While an hour comes for the second time, its selected times have been.
      if due > second { return due }
    }
    return nil
  }

  /// Between two changes of the clock, local time passes like any other.
  private static func nextAsHoursPass(_ times: CronTimes, after second: Int, _ zone: ZoneHistory) -> Int? {
    var start = second + 1
    let last = second + yearsMax * 366 * 86400
    while start <= last {
      let offset = zone.offset(at: start)
      let time = times.first(from: CivilDateTime(secondsSince1970: start + offset), years: yearsMax)
      let change = zone.change(after: start)
      if let due = time.map({ $0.secondsSince1970 - offset }), due < change ?? .max { return due }
      guard let change else { return nil }
      start = change
    }
    return nil
  }
}
