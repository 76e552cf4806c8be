// The user that a path names.
import HTTPServer
import Ledger

extension HTTPExchange {
  func user() throws(Problem) -> UserID {
    guard let user = UserID(try path("userId")) else {
      throw Problem(
        .validationFailed, "The path parameter \"userId\" must be \(UserID.rule).",
        members: [.text("field", "userId")])
    }
    return user
  }
}
