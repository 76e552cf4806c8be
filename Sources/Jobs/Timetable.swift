// The schedules of all jobs, from what their authors planned and what the operator set.
package import Calendar
import LedgerStore

package struct Timetable: Sendable {
  /// What an operator set for a job.
  package struct Change: Sendable, Equatable {
    package let job: String
    /// Nil for one that is off.
    package let expression: String?

    package init(_ job: String, _ expression: String?) {
      self.job = job
      self.expression = expression
    }
  }

  private let schedules: [String: CronSchedule]

  package init(
    _ jobs: [PlannedJob], changes: [Change], zone name: String, files: TimeZoneFiles = TimeZoneFiles()
  ) throws(TimetableError) {
    let zone = try Self.zone(name, files)
    var expressions = Dictionary(jobs.map { ($0.title.name, String?.some($0.expression)) }) { $1 }
    for change in changes {
      guard expressions[change.job] != nil else {
        throw .unknownJob(change.job, known: jobs.map(\.title.name))
      }
      expressions[change.job] = .some(change.expression)
    }
    var schedules: [String: CronSchedule] = [:]
    for (job, expression) in expressions {
      if let expression { schedules[job] = try Self.schedule(job, expression, zone) }
    }
    self.schedules = schedules
  }

  /// Nil for a job that is off.
  package func schedule(of job: String) -> (any Schedule)? { schedules[job] }

  private static func zone(_ name: String, _ files: TimeZoneFiles) throws(TimetableError) -> TimeZone {
    do throws(CalendarError) { return try files.zone(named: name) } catch { throw .zone(error) }
  }

  private static func schedule(
    _ job: String, _ text: String, _ zone: TimeZone
  ) throws(TimetableError) -> CronSchedule {
    do throws(CalendarError) { return CronSchedule(try CronExpression(text), in: zone) } catch {
      throw .schedule(job: job, error)
    }
  }
}

/// What is wrong with what an operator set.
package enum TimetableError: Error, Equatable {
  case zone(CalendarError)
  case unknownJob(String, known: [String])
  case schedule(job: String, CalendarError)
}

extension TimetableError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .zone(let error): "POINTS_JOBS_TIME_ZONE: \(error)"
    case .unknownJob(let name, let known):
      "POINTS_JOBS: there is no job \(name); the jobs are \(known.sorted().joined(separator: ", "))"
    case .schedule(let job, let error): "POINTS_JOBS: \(job): \(error)"
    }
  }
}
