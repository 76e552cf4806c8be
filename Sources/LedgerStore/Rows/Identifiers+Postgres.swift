// Ids and instants of the ledger as Postgres's types.
import Ledger
import PostgresClient

extension UUIDIdentifier {
  init(_ uuid: PostgresUUID) {
    self.init(UUIDBits(high: uuid.high, low: uuid.low))
  }

  var postgres: PostgresUUID { bits.postgres }
}

extension UUIDBits {
  init(_ uuid: PostgresUUID) {
    self.init(high: uuid.high, low: uuid.low)
  }

  var postgres: PostgresUUID { PostgresUUID(high: high, low: low) }
}

extension Instant {
  init(_ timestamp: PostgresTimestamp) {
    self.init(microseconds: timestamp.unixMicroseconds)
  }

  var postgres: PostgresTimestamp { PostgresTimestamp(unixMicroseconds: microseconds) }
}
