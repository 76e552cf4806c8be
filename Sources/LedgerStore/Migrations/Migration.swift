// The migrations: files that are applied once, in order, and never changed again. What was applied somewhere
// is a promise; a mistake in it is mended by the next migration.
//
// A migration is applied while the release before it still works, and that one may come back. So a migration
// adds (a table, a column that may be left out, an index) and says that older programs work with it. What the
// new release no longer needs is taken away by a later migration, of a release after it, which no longer says
// so of those that need it. It takes tables in the order in which services do: users, accounts, requests,
// transactions, batches.
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
  /// Programs that know the migrations up to this one work with it.
  package let worksFrom: Int32

  /// Unless it says otherwise, a migration needs programs that know it.
  package init(_ number: Int32, _ name: String, _ text: [UInt8], worksFrom: Int32? = nil) {
    self.number = number
    self.name = name
    self.worksFrom = worksFrom ?? number
    script = PostgresSQL("m\(number)_\(name)", text)
    checksum = Digest(of: text)
  }

  /// Every migration this program knows, in order.
  package static let all = [
    Migration(1, "ledger", PackageResources.m0001_ledger_sql),
    Migration(2, "access", PackageResources.m0002_access_sql),
    Migration(3, "lighter_batches", PackageResources.m0003_lighter_batches_sql),
    Migration(4, "overlapping_releases", PackageResources.m0004_overlapping_releases_sql, worksFrom: 3),
    Migration(5, "boards", PackageResources.m0005_boards_sql),
    Migration(6, "snapshots", PackageResources.m0006_snapshots_sql, worksFrom: 5),
    Migration(7, "jobs", PackageResources.m0007_jobs_sql, worksFrom: 5),
    Migration(8, "audit", PackageResources.m0008_audit_sql, worksFrom: 5),
    Migration(9, "schedules", PackageResources.m0009_schedules_sql, worksFrom: 5),
    Migration(10, "rewards", PackageResources.m0010_rewards_sql, worksFrom: 5),
    Migration(11, "distributions", PackageResources.m0011_distributions_sql, worksFrom: 5),
    Migration(12, "revisions", PackageResources.m0012_revisions_sql, worksFrom: 5),
    Migration(13, "payouts", PackageResources.m0013_payouts_sql, worksFrom: 5),
    Migration(14, "counted_until", PackageResources.m0014_counted_until_sql, worksFrom: 5),
  ]
}
