// The forms of the settings of jobs.

extension ValueForm where Value == [JobSetting] {
  private static var countMax: Int { 64 }
  private static var expressionBytesMax: Int { 256 }

  /// Jobs with semicolons between them, since cron expressions have commas.
  static var jobSettings: ValueForm {
    ValueForm(
      placeholder: "<schedules>",
      allowed: "name=schedule with semicolons between jobs; a schedule is a cron expression of five fields, "
        + "@hourly, @daily, @weekly, @monthly, @yearly, @every 30s, or off",
      parse: { text throws(ValueRefusal) in
        if text.isEmpty { return [] }
        var settings: [JobSetting] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
          settings.append(try setting(part))
        }
        guard settings.count <= countMax, Set(settings.map(\.job)).count == settings.count else {
          throw .notAllowed
        }
        return settings
      },
      show: { $0.map { "\($0.job)=\($0.expression ?? "off")" }.joined(separator: ";") })
  }

  private static func setting(_ text: Substring) throws(ValueRefusal) -> JobSetting {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .notAllowed }
    let (job, expression) = (trimmed(parts[0]), trimmed(parts[1]))
    let isName =
      !job.isEmpty && job.utf8.count <= 63
      && job.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    guard isName, 1...expressionBytesMax ~= expression.utf8.count else { throw .notAllowed }
    return JobSetting(job, expression == "off" ? nil : expression)
  }

  private static func trimmed(_ part: Substring) -> String {
    let start = part.drop { $0 == " " }
    let end = start.lastIndex { $0 != " " }
    return end.map { String(start[...$0]) } ?? ""
  }
}

extension ValueForm where Value == String {
  /// Whether there is such a zone is found out where calendars are known.
  static var timeZoneName: ValueForm {
    ValueForm(
      placeholder: "<zone>",
      allowed: "the name of a time zone, such as Europe/Berlin or UTC",
      parse: { text throws(ValueRefusal) in
        guard 1...64 ~= text.utf8.count, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
          throw .notAllowed
        }
        return text
      },
      show: { $0 })
  }
}
