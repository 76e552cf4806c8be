// What commands that post need to know of the settings: the database, and what the ledger takes. A mistake in
// another one is not theirs to tell.
import Configuration
import EventLoop
import Service

enum LedgerSettings {
  private static let variables = [
    "POINTS_DATABASE_URL", "POINTS_DATABASE_URL_FILE", "POINTS_CONNECT_TIMEOUT", "POINTS_USERS",
    "POINTS_CATEGORIES", "POINTS_OCCURRED_PAST", "POINTS_OCCURRED_FUTURE",
  ]

  /// Nothing after telling what is wrong.
  static func plan(_ arguments: [String], log: LineWriter) -> ServicePlan? {
    let environment = Settings.environment.filter { variables.contains($0.key) && !$0.value.isEmpty }
    guard let configuration = Settings.read(arguments, environment: environment) else { return nil }
    do throws(ServiceError) {
      return try ServicePlan(configuration, log: log)
    } catch {
      Terminal.complain("points: \(error)")
      return nil
    }
  }
}
