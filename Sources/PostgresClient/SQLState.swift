// SQLSTATE: five characters by which every Postgres says the same thing in the same way, in any language.
// Only the codes that somebody decides by have a name here.

/// The code of a server's error.
@usableFromInline
package struct SQLState: RawRepresentable, Sendable, Hashable {
  @usableFromInline package let rawValue: String

  @usableFromInline package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package static let featureNotSupported = SQLState(rawValue: "0A000")
  package static let connectionFailure = SQLState(rawValue: "08006")
  package static let numericValueOutOfRange = SQLState(rawValue: "22003")
  package static let divisionByZero = SQLState(rawValue: "22012")
  package static let notNullViolation = SQLState(rawValue: "23502")
  package static let foreignKeyViolation = SQLState(rawValue: "23503")
  package static let uniqueViolation = SQLState(rawValue: "23505")
  package static let checkViolation = SQLState(rawValue: "23514")
  package static let readOnlyTransaction = SQLState(rawValue: "25006")
  package static let failedTransaction = SQLState(rawValue: "25P02")
  package static let idleInTransactionTimeout = SQLState(rawValue: "25P03")
  package static let undefinedStatement = SQLState(rawValue: "26000")
  package static let invalidAuthorization = SQLState(rawValue: "28000")
  package static let invalidPassword = SQLState(rawValue: "28P01")
  package static let undefinedDatabase = SQLState(rawValue: "3D000")
  package static let serializationFailure = SQLState(rawValue: "40001")
  package static let deadlockDetected = SQLState(rawValue: "40P01")
  package static let insufficientPrivilege = SQLState(rawValue: "42501")
  package static let syntaxError = SQLState(rawValue: "42601")
  package static let undefinedTable = SQLState(rawValue: "42P01")
  package static let tooManyConnections = SQLState(rawValue: "53300")
  package static let lockNotAvailable = SQLState(rawValue: "55P03")
  package static let queryCanceled = SQLState(rawValue: "57014")
  package static let adminShutdown = SQLState(rawValue: "57P01")
  package static let crashShutdown = SQLState(rawValue: "57P02")
  package static let cannotConnectNow = SQLState(rawValue: "57P03")

  /// Whether a transaction was rolled back only because of others at the same time: repeated as a whole, it
  /// may well succeed.
  package var blamesOthers: Bool { self == .deadlockDetected || self == .serializationFailure }
}
