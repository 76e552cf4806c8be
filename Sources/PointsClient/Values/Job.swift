// Something that the service does by itself at certain times.

/// A job of the service.
public struct Job: Sendable, Equatable {
  /// The name that calls use.
  public let name: String
  /// What it is for.
  public let summary: String
  /// A cron expression, or nil for a job that runs only when it is asked for.
  public let schedule: String?
  /// In which the schedule is read.
  public let timeZone: String
  /// When it is due next.
  public let nextRunAt: Timestamp?
  /// For how long it has been due without running.
  public let overdueSeconds: Double
  /// Whether some process runs it now.
  public let isRunning: Bool
  /// How many runs were asked for.
  public let requests: Int64
  /// The last of these that was answered by a run.
  public let requestsServed: Int64
  /// When the last run began, which may not have ended.
  public let lastStartedAt: Timestamp?
  /// How far the run is that is under way.
  public let progress: JobProgress?
  /// The run that ended last.
  public let lastRun: JobOutcome?
  /// Runs that ended.
  public let runs: Int64
  /// Those of them that failed.
  public let failures: Int64
  /// Those that failed one after the other just now.
  public let failuresInRow: Int64
  /// Runs whose process ended, or lost its lease, before they did.
  public let lostRuns: Int64
}

/// How far a run is.
public struct JobProgress: Sendable, Equatable {
  /// What is done.
  public let done: Int64
  /// Of how much, where that is known.
  public let total: Int64?
}

/// What came of a run.
public struct JobOutcome: Sendable, Equatable {
  /// When it ended.
  public let finishedAt: Timestamp
  /// How long it took.
  public let seconds: Double
  /// What it did, in a short sentence; nil if it failed.
  public let outcome: String?
  /// The same in numbers, by name.
  public let counts: [String: MetadataValue]
  /// Why it failed, if it did.
  public let error: String?
}

/// A run that was asked for.
public struct JobRequest: Sendable, Equatable {
  /// It is answered when `requestsServed` of the job has reached this.
  public let request: Int64
  /// Whether it was answered already; what came of it is in `lastRun` of the job.
  public let isServed: Bool
  /// How the job stood at the answer.
  public let job: Job
}

extension Job: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    name = try fields.text("name")
    summary = try fields.text("summary")
    schedule = try fields.textIfAny("schedule")
    timeZone = try fields.text("timeZone")
    nextRunAt = try fields.timestampIfAny("nextRunAt")
    overdueSeconds = try fields.number("overdueSeconds")
    isRunning = try fields.flag("running")
    requests = try fields.int64("requests")
    requestsServed = try fields.int64("requestsServed")
    lastStartedAt = try fields.timestampIfAny("lastStartedAt")
    progress = try fields.fieldsIfAny("progress").map { steps throws(MalformedAnswer) in
      JobProgress(done: try steps.int64("done"), total: try steps.int64IfAny("total"))
    }
    lastRun = try fields.fieldsIfAny("lastRun").map { run throws(MalformedAnswer) in try JobOutcome(run) }
    runs = try fields.int64("runs")
    failures = try fields.int64("failures")
    failuresInRow = try fields.int64("failuresInRow")
    lostRuns = try fields.int64("lostRuns")
  }
}

extension JobOutcome: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    finishedAt = try fields.timestamp("finishedAt")
    seconds = try fields.number("seconds")
    outcome = try fields.textIfAny("outcome")
    counts = try fields.metadataIfAny("counts") ?? [:]
    error = try fields.textIfAny("error")
  }
}

extension JobRequest: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    request = try fields.int64("request")
    isServed = try fields.flag("served")
    job = try fields.value("job")
  }
}
