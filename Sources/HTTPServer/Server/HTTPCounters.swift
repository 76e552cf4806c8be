// What a worker counts. Plain integers on its own thread; whoever asks visits the thread and copies them.
package import EventLoop

/// Counters of one worker's HTTP side.
package struct HTTPCounters: Sendable {
  package internal(set) var acceptedConnections = 0
  package internal(set) var closedConnections = 0
  package internal(set) var receivedBytes = 0
  package internal(set) var slowSenders = 0
  package internal(set) var slowReaders = 0
  /// One for each route, and a last one for paths that match none.
  package private(set) var routes: [RouteCounters]

  package init(routes count: Int) {
    routes = Array(repeating: RouteCounters(), count: count + 1)
  }

  mutating func note(route: Int, status: HTTPStatus, nanoseconds: Int64) {
    routes[route].answers[Int(status.code) / 100 - 1] &+= 1
    routes[route].latency.note(nanoseconds: nanoseconds)
  }

  package mutating func add(_ other: HTTPCounters) {
    acceptedConnections &+= other.acceptedConnections
    closedConnections &+= other.closedConnections
    receivedBytes &+= other.receivedBytes
    slowSenders &+= other.slowSenders
    slowReaders &+= other.slowReaders
    for index in routes.indices { routes[index].add(other.routes[index]) }
  }
}

/// Counters of one route.
package struct RouteCounters: Sendable {
  /// Answers by the first digit of their status, 1xx first.
  package internal(set) var answers = InlineArray<5, UInt64>(repeating: 0)
  package internal(set) var latency = LatencyHistogram()

  mutating func add(_ other: RouteCounters) {
    for index in answers.indices { answers[index] &+= other.answers[index] }
    latency.add(other.latency)
  }
}
