// Why the ledger did not answer. None of these is an answer that is kept: the same request may be sent again,
// and with its key it is settled once whatever happened to the first.
package import PostgresClient

package enum LedgerError: Error, Sendable, Equatable {
  /// So much waits already that one more would only make it worse. Nothing was done.
  case overloaded
  /// An account of the posting is held by a transaction that does not end. Nothing was done.
  case accountBusy
  /// Postgres cannot be reached or does not answer. If `mayHaveTakenEffect`, nobody can say what became of
  /// it.
  case unavailable(PostgresError, mayHaveTakenEffect: Bool)
  /// Postgres refused a statement of ours.
  case failed(PostgresError)
}
