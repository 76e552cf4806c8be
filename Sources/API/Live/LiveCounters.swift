// What a worker tells of its live boards.

package struct LiveCounters: Sendable {
  package internal(set) var listeners = 0
  package internal(set) var events = 0
  /// Asked of Redis, or of the ledger.
  package internal(set) var questions = 0

  package init() {}
}
