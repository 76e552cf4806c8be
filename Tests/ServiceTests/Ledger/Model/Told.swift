// What a caller was told of one posting, whichever route it went by.

struct Told {
  let planned: PlannedPosting
  let status: Int
  let isReplay: Bool
  let transactions: [JSONText]
  let balances: [JSONText]
  let remaining: Int64?
  let isProjected: Bool
  let problem: JSONText

  /// The answer to a request of its own.
  init(_ planned: PlannedPosting, _ answer: Answer) {
    let json = answer.json
    self.init(
      planned, status: answer.status, isReplay: answer.isReplay, json,
      problem: answer.status == 201 ? .null : json)
  }

  /// A result in the answer to a batch.
  init(_ planned: PlannedPosting, result: JSONText) {
    self.init(
      planned, status: Int(result["status"].integer ?? 0), isReplay: result["replayed"].isTrue, result,
      problem: result["problem"])
  }

  private init(
    _ planned: PlannedPosting, status: Int, isReplay: Bool, _ json: JSONText, problem: JSONText
  ) {
    self.planned = planned
    self.status = status
    self.isReplay = isReplay
    let single = json["transaction"]
    transactions = single.isNull ? json["posting"]["transactions"].list : [single]
    balances = single.isNull ? json["balances"].list : [json["balance"]]
    remaining = json["remaining"].integer
    isProjected = json["projected"].isTrue
    self.problem = problem
  }

  var code: String? { problem["code"].text }

  /// Everything that a repetition must be told again.
  var story: String {
    let parts = [
      .array(transactions), .array(balances), remaining.map { .number("\($0)") } ?? .null, problem,
    ]
    return "\(status) " + JSONText.array(parts).canonical
  }

  /// Whether it is a decision on the posting, made now.
  var isDecision: Bool {
    guard !isReplay else { return false }
    return status == 201
      || ["insufficient_balance", "limit_exceeded", "overflow"].contains(code ?? "")
  }

  var described: String {
    "\(planned) -> \(status)\(isReplay ? " again" : ""): \(problem.isNull ? story : problem.canonical)"
  }
}
