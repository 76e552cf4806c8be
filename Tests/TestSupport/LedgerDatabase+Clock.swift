// A ledger whose time a test sets: a function stands before Postgres's own clock. It stands still but for a
// microsecond each time somebody looks, so bounds can be met exactly, and a year takes no longer than a
// second. Only sessions that begin after the clock was set up go by it.
package import PostgresClient

extension LedgerDatabase {
  /// From here on the ledger's time is what `SetClock` says.
  package func standStill(at microseconds: Int64) async throws {
    try await run(
      "stand_still",
      """
      CREATE SCHEMA tests;
      GRANT USAGE ON SCHEMA tests TO PUBLIC;
      CREATE SEQUENCE tests.ticks MINVALUE -9000000000000000 START \(microseconds);
      CREATE FUNCTION tests.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER AS
        $$ SELECT 'epoch'::timestamptz + nextval('tests.ticks') * interval '1 microsecond' $$;
      CREATE FUNCTION tests.set_clock(to_microseconds bigint) RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER AS $$ SELECT setval('tests.ticks', to_microseconds) $$;
      CREATE FUNCTION tests.clock() RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER AS $$ SELECT last_value FROM tests.ticks $$;
      ALTER DATABASE \(name) SET search_path = tests, public, pg_catalog;
      """)
  }
}

/// Sets such a clock, in microseconds since 1970.
package struct SetClock: PostgresStatement {
  package static let sql = PostgresSQL("set_clock", Array("SELECT tests.set_clock($1::bigint)".utf8))

  private let microseconds: Int64

  package init(to microseconds: Int64) {
    self.microseconds = microseconds
  }

  package func bind(to parameters: inout PostgresParameters) {
    parameters.append(microseconds)
  }

  package static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

/// What such a clock shows, without a tick.
package struct LookAtClock: PostgresStatement {
  package static let sql = PostgresSQL("look_at_clock", Array("SELECT tests.clock()".utf8))

  package init() {}

  package static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}
