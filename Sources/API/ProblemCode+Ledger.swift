// What the ledger and its boards may answer instead of what was asked for. `docs/errors.md` says of each when
// it happens and what to do.
package import HTTPServer

extension ProblemCode {
  package static var invalidAmount: Self {
    Self("invalid_amount", .badRequest, "An amount is a whole number from 1 to 9223372036854775807.")
  }
  package static var unauthorized: Self {
    Self("unauthorized", .unauthorized, "A valid API key is needed.")
  }
  package static var insufficientBalance: Self {
    Self("insufficient_balance", .conflict, "There are not enough points available.")
  }
  package static var requestInFlight: Self {
    Self("request_in_flight", .conflict, "The same request is being worked on.")
  }
  package static var userDisabled: Self {
    Self("user_disabled", .conflict, "The user is disabled.")
  }
  package static var typeDisabled: Self {
    Self("type_disabled", .conflict, "The point type is disabled.")
  }
  package static var typeInUse: Self {
    Self("type_in_use", .conflict, "The point type has accounts.")
  }
  package static var typeExists: Self {
    Self("type_exists", .conflict, "There is a point type of this name.")
  }
  package static var notReversible: Self {
    Self("not_reversible", .conflict, "A reversal cannot be reversed.")
  }
  package static var overflow: Self {
    Self("overflow", .conflict, "A balance or a total would become larger than can be counted.")
  }
  package static var duplicateTransaction: Self {
    Self("duplicate_transaction", .unprocessableContent, "This idempotency key belongs to another request.")
  }
  package static var limitExceeded: Self {
    Self("limit_exceeded", .unprocessableContent, "The amount is outside its limits.")
  }
  package static var unknownCategory: Self {
    Self("unknown_category", .unprocessableContent, "The category is not known.")
  }
  package static var userUnknown: Self {
    Self("user_unknown", .unprocessableContent, "The user is not registered.")
  }
  package static var rateLimited: Self {
    Self("rate_limited", .tooManyRequests, "The service sends too many requests.")
  }
  package static var databaseUnavailable: Self {
    Self("database_unavailable", .serviceUnavailable, "The ledger cannot be reached.")
  }

  /// Every code of the ledger, for the documentation and its test.
  package static var ofLedger: [ProblemCode] {
    [
      invalidAmount, unauthorized, insufficientBalance, requestInFlight, userDisabled, typeDisabled,
      typeInUse, typeExists, notReversible, overflow, duplicateTransaction, limitExceeded, unknownCategory,
      userUnknown, notRanked, noPeriod, boardFilling, impossibleBoard, boardExists, tooManyBoards,
      periodClosed, periodUnchangeable, rateLimited, databaseUnavailable,
    ] + ofSnapshots + ofRewards + ofPayouts
  }
}
