// Jobs of the service, for callers whose key has the role of an administrator.

extension PointsClient {
  /// Every job: when it is due, and what came of its last run.
  public func jobs() async throws(PointsError) -> [Job] {
    try await value(of: .read(Self.jobs)) { fields, _ throws(MalformedAnswer) in
      try fields.list("jobs")
    }
  }

  /// One job by its name.
  public func job(_ name: String) async throws(PointsError) -> Job {
    try await value(of: .read(Self.jobs.adding(part: name)))
  }

  /// Asks for a run of a job, which some process of the service begins within a second or two, and waits for
  /// its end for up to so many seconds, 30 at most; `ClientOptions.requestTimeout` must be longer. Asking
  /// again before the run has begun asks for the same.
  @discardableResult
  public func runJob(_ name: String, waitingSeconds wait: Int = 0) async throws(PointsError) -> JobRequest {
    var target = Self.jobs.adding(part: name)
    target.append(part: "run")
    if wait != 0 { target.append("wait", wait) }
    let call = Call(method: .post, target: target.bytes, isRepeatable: true, isWrite: true)
    return try await value(of: call)
  }

  private static var jobs: Target { Target("/points/jobs") }
}
