// What a process tells of live boards: who listens, and what that costs.

extension MetricsPage {
  func addLive(to text: inout MetricsText) {
    text.family(
      "points_live_listeners", .gauge, "Streams of live boards that are open.",
      perWorker { Double($0.ledger.live.listeners) })
    text.family(
      "points_live_events_total", .counter, "Events sent to listeners of live boards.",
      perWorker { Double($0.ledger.live.events) })
    text.family(
      "points_live_questions_total", .counter, "Questions asked for listeners of live boards.",
      perWorker { Double($0.ledger.live.questions) })
  }
}
