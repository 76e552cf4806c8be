// Some commands do by themselves what a service does, by its settings: they need its plan, and a loop.
import Configuration
import EventLoop
import Service

enum PlannedCommand {
  /// Runs the body to its end; tells what is wrong with the settings, if anything is.
  static func run(
    _ name: String, settings: [String],
    _ body: @escaping @Sendable (ServicePlan, EventLoop) async -> ExitStatus
  ) -> ExitStatus {
    guard let configuration = Settings.read(settings, environment: Settings.environment) else {
      return .usage
    }
    let log = LineWriter(descriptor: 2)
    defer { log.close() }
    do throws(ServiceError) {
      let plan = try ServicePlan(configuration, log: log)
      return OwnerSession.run { loop in await body(plan, loop) }
    } catch {
      Terminal.complain("points \(name): \(error)")
      return .usage
    }
  }
}
