// The boards that every point type has, over all time.

/// A board by its name in the API.
package enum AllTimeBoard: String, Sendable, CaseIterable {
  /// By what users have.
  case balance
  /// By what they ever earned.
  case earned
}
