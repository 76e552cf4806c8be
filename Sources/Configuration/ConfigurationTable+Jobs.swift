// The settings of jobs: when the service does what it does by itself.

extension ConfigurationTable {
  static let jobs = [
    Setting(
      "POINTS_JOBS", "--jobs", .jobs, \.jobs, .jobSettings,
      "Other schedules of jobs, such as sweep-leases=30 3 * * 0; off means only when asked for."),
    Setting(
      "POINTS_JOBS_TIME_ZONE", "--jobs-time-zone", .jobs, \.jobsTimeZone, .timeZoneName,
      "The time zone in which schedules of jobs are read."),
    Setting(
      "POINTS_JOBS_LEASE", "--jobs-lease", .jobs, \.jobsLease, .duration(.seconds(1) ... .seconds(3600)),
      "How long after a process died, or fell silent, another may begin the jobs that it ran."),
    Setting(
      "POINTS_KEEP_CLOSES_DAYS", "--keep-closes-days", .jobs, \.keepClosesDays, .integer(0...36_500),
      "For how many days after its end the ranks of a period are kept; 0 means for ever."),
  ]
}
