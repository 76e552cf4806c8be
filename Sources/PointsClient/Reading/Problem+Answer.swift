// A refusal is read leniently, for it must reach the caller even if something in front of the service gave it
// and knows nothing of our problems.

extension Problem {
  init(_ answer: Answer) {
    let fields = try? Fields(parsing: answer.body)
    self.init(
      fields, status: answer.status, requestID: answer.requestID, retryAfter: answer.retryAfter)
  }

  /// A refusal within an answer to many questions.
  init(_ fields: Fields?, status: Int, requestID: String? = nil, retryAfter: Duration? = nil) {
    let code = try? fields?.textIfAny("code")
    let detail = try? fields?.textIfAny("detail")
    self.init(
      status: status, code: code.map { ProblemCode(rawValue: $0) } ?? .unspecified,
      detail: detail ?? "The answer has the status \(status) and no explanation.", requestID: requestID,
      retryAfter: retryAfter,
      members: fields?.members(besides: ["type", "title", "status", "code", "detail"]) ?? [:])
  }
}
