// The answers that scripted servers give, spelt as the service spells them.

enum ScriptedAnswers {
  static func json(_ body: String, status: Int = 200, fields: String = "") -> String {
    "HTTP/1.1 \(status) Whatever\r\nContent-Type: application/json\r\n\(fields)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static func problem(
    _ status: Int, _ code: String, fields: String = "", members: String = ""
  ) -> String {
    json(
      """
      {"type":"/problems/\(code)","title":"A title.","status":\(status),"code":"\(code)",\
      "detail":"A detail."\(members)}
      """, status: status, fields: fields)
  }

  static let transaction = """
    {"id":"t-1","postingId":"p-1","userId":"123","pointType":"points","type":"credit","amount":10,"before":0,\
    "after":10,"version":1,"kind":"award","category":null,"reason":"Event participation","description":null,\
    "actor":null,"validatorId":null,"relatedTo":null,"tournamentId":null,"registrationId":null,\
    "reverses":null,"metadata":{"match":7,"map":"dust"},"occurredAt":null,\
    "createdAt":"2026-01-31T12:00:00.000001Z","createdBy":"svc","totalEarned":10,"totalSpent":0}
    """

  static let state = """
    {"userId":"123","pointType":"points","balance":10,"totalEarned":10,"totalSpent":0,"transactionCount":1,\
    "version":1}
    """

  static let receipt = #"{"transaction":\#(transaction),"balance":\#(state),"projected":true}"#

  static let posting =
    #"{"id":"p-1","createdAt":"2026-01-31T12:00:00.000001Z","transactions":[\#(transaction)]}"#

  static let postingReceipt = #"{"posting":\#(posting),"balances":[\#(state)],"projected":false}"#

  static let balanceMembers = """
    "pointType":"points","balance":10,"available":8,"held":2,"totalEarned":12,"totalSpent":2,\
    "transactionCount":3,"lastTransactionAt":"2026-01-31T12:00:00.000001Z","version":3,\
    "updatedAt":"2026-01-31T12:00:00.000002Z","source":"redis"
    """

  static func balance(of userID: String = "123") -> String { #"{"userId":"\#(userID)",\#(balanceMembers)}"# }
}
