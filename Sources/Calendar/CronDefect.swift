// Why a text is no cron expression, said so that its author can mend it.

package enum CronDefect: Error, Equatable {
  case tooLong
  /// There must be five fields.
  case fieldCount(Int)
  case unknownMacro(String)
  /// Behind `@every` stands a number of seconds, minutes or hours, of a second to a year.
  case interval(String)
  case empty(CronField)
  /// Neither a number nor a name of this field.
  case value(CronField, String)
  case outOfRange(CronField, Int)
  /// A range whose end comes before its beginning.
  case order(CronField, String)
  /// A step that is no number, or 0, or leaves the field with the first step.
  case step(CronField, String)
  /// A step behind a single number.
  case stepWithoutRange(CronField, String)
  /// No such day is in any of the months, like the 31st of February.
  case never
}

extension CronDefect: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong: "a cron expression has at most \(CronReader.lengthMax) characters"
    case .fieldCount(let count):
      "there are \(count) fields instead of five: minute, hour, day of month, month, day of week"
    case .unknownMacro(let text):
      "\(text) is none of @hourly, @daily, @weekly, @monthly, @yearly and @every"
    case .interval(let text):
      "@every \(text) is no whole number of seconds (30s), minutes (5m) or hours (2h) up to a year"
    case .empty(let field): "\(field): something is missing beside a comma, a minus or a slash"
    case .value(let field, let text):
      "\(field): \(text) is no number\(field.names.isEmpty ? "" : " and no name such as \(field.names[1])")"
    case .outOfRange(let field, let number):
      "\(field): \(number) is not within \(field.range.lowerBound) to \(field.range.upperBound)"
    case .order(let field, let text): "\(field): \(text) ends before it begins"
    case .step(let field, let text):
      "\(field): the step \(text) is not within 1 to \(field.range.upperBound - field.range.lowerBound)"
    case .stepWithoutRange(let field, let text):
      "\(field): the step of \(text) needs a range or * before it"
    case .never: "no month that is named has such a day, so this never comes"
    }
  }
}
