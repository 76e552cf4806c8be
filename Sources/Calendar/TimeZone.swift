// A time zone of the IANA database: what clocks on the wall showed and will show at any instant.
//
// From a clock back to an instant there are two difficult hours a year. Where clocks are put forward, times
// are skipped: such a time means the instant at which that is done. Where they are put back, times come
// twice: such a time means the first of both. So a later time on the clock never means an earlier instant.

package struct TimeZone: Sendable, Equatable {
  package let name: String
  let history: ZoneHistory

  /// Universal Time, which needs no file.
  package static let universal = TimeZone(
    name: "UTC", history: ZoneHistory(changes: [], offsets: [], firstOffset: 0, rule: nil))

  private init(name: String, history: ZoneHistory) {
    (self.name, self.history) = (name, history)
  }

  /// From a compiled file of the database, whatever name it was found under.
  package init(name: String, file bytes: [UInt8]) throws(CalendarError) {
    var reader = ZoneFileReader(bytes)
    do {
      self.init(name: name, history: try reader.read())
    } catch {
      throw .malformedZone(name: name, error)
    }
  }

  /// Seconds ahead of Universal Time.
  package func offset(at instant: UnixMicroseconds) -> Int { history.offset(at: instant.wholeSecond) }

  /// What clocks show at an instant.
  package func civil(at instant: UnixMicroseconds) -> CivilDateTime {
    let second = instant.wholeSecond
    return CivilDateTime(secondsSince1970: second + history.offset(at: second))
  }

  /// The instant at which clocks show this for the first time, or, where they skip it, do the skip.
  package func instant(of local: CivilDateTime) -> UnixMicroseconds {
    UnixMicroseconds(wholeSecond: history.second(showing: local.secondsSince1970))
  }

  /// The first instant of a day: midnight, or, where clocks skip that, the first time they show.
  package func start(of day: CivilDate) -> UnixMicroseconds { instant(of: CivilDateTime(date: day)) }
}
