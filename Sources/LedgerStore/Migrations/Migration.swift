// The migrations: files that are applied once, in order, and never changed again. What was applied somewhere
// is a promise; a mistake in it is mended by the next migration.
package import Cryptography
package import PostgresClient

/// One file of `sql/m....sql`.
package struct Migration: Sendable {
  /// Its place in the order, from 1.
  package let number: Int32
  package let name: String
  package let script: PostgresSQL
  /// Of the file's text.
  package let checksum: Digest

  package init(_ number: Int32, _ name: String, _ text: [UInt8]) {
    self.number = number
    self.name = name
    script = PostgresSQL("m\(number)_\(name)", text)
    checksum = Digest(of: text)
  }

  /// Every migration this program knows, in order.
  package static let all = [
    Migration(1, "ledger", PackageResources.m0001_ledger_sql),
    Migration(2, "access", PackageResources.m0002_access_sql),
    Migration(3, "lighter_batches", PackageResources.m0003_lighter_batches_sql),
  ]
}
