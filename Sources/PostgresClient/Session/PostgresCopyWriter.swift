// The receiving end of a COPY, lent to whoever has the rows.

/// Takes the data of a `COPY ... FROM STDIN`, as fast as the server does.
package struct PostgresCopyWriter {
  let session: PostgresSession

  /// Adds bytes to the stream; rows may be cut anywhere. Returns when they have left, so a slow server slows
  /// the writer and nothing piles up.
  package func write(_ bytes: [UInt8]) async throws(PostgresError) {
    try await write(bytes[...])
  }

  package func write(_ bytes: ArraySlice<UInt8>) async throws(PostgresError) {
    try await session.writeCopy(bytes)
  }
}
