// Sends load to a running service, at a steady rate or as fast as it answers, and tells how long the answers
// took. It shares no code with what it measures, and costs as little as it can, since it often runs on the
// same processors.
//
// At a steady rate every request has an instant at which it is due, and its time counts from there: a service
// that stalls is charged for all that would have been asked meanwhile, and not only for the few that were.

package enum LoadSender {
  /// Returns when all is answered, or nothing more is awaited.
  package static func run(_ plan: LoadPlan) throws(LoadError) -> LoadReport {
    switch plan.version {
    case .http1:
      var run = try LoadRun<HTTP1Line>(plan)
      return try run.carryOut()
    case .http2:
      var run = try LoadRun<HTTP2Line>(plan)
      return try run.carryOut()
    }
  }
}
