// A refusal as the service gave it (RFC 9457).

/// Why the service refused a call.
public struct Problem: Error, Sendable, Equatable {
  /// The status of HTTP.
  public let status: Int
  /// What kind of refusal it is.
  public let code: ProblemCode
  /// What was wrong this time, in a sentence for people.
  public let detail: String
  /// Leads to the request's line in the service's log.
  public let requestID: String?
  /// How long the service asks to be left alone.
  public let retryAfter: Duration?
  /// What else the refusal says, such as `missing` and `available`, by name.
  public let members: [String: MetadataValue]

  /// A problem of one's own, for tests of code that handles them.
  public init(
    status: Int, code: ProblemCode, detail: String, requestID: String? = nil, retryAfter: Duration? = nil,
    members: [String: MetadataValue] = [:]
  ) {
    self.status = status
    self.code = code
    self.detail = detail
    self.requestID = requestID
    self.retryAfter = retryAfter
    self.members = members
  }

  /// How many points are missing, of `insufficientBalance`.
  public var missing: Int64? { members["missing"]?.integer }
  /// How many points there are to take, of `insufficientBalance`.
  public var available: Int64? { members["available"]?.integer }
  /// The field that is wrong or differs, where the service names one.
  public var field: String? { members["field"]?.text }

  /// The newest revision, of `snapshotRevised`.
  public var newestID: String? { members["newestId"]?.text }

  /// Whether the service has looked at the call and decided against it, so that a repeat is told the same.
  public var isVerdict: Bool {
    switch status {
    case 401, 403, 408, 429: false
    case 400..<500: code != .requestInFlight
    default: false
    }
  }

  /// Whether a write that got this answer may have been carried out all the same: the service, or what stands
  /// before it, lost sight of it. The same call with the same key finds out.
  public var leavesOutcomeOpen: Bool {
    code == .requestInFlight || status >= 500 && code != .overloaded
  }
}

extension Problem: CustomStringConvertible {
  /// One sentence for a log.
  public var description: String {
    let request = requestID.map { " (request \($0))" } ?? ""
    return "\(status) \(code): \(detail)\(request)"
  }
}
