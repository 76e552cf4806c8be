// What a run of the migrator did.

package struct MigrationReport: Sendable, Equatable {
  /// Names of the migrations that this run applied, in order.
  package let applied: [String]
  /// The number of the newest migration that the database now has.
  package let schema: Int32

  package init(applied: [String], schema: Int32) {
    self.applied = applied
    self.schema = schema
  }
}
