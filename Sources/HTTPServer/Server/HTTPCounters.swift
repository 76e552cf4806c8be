// What a worker counts. Plain integers on its own thread; whoever asks visits the thread and copies them.

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

/// How long answers took, in buckets that a factor of about two apart tell microseconds from seconds.
package struct LatencyHistogram: Sendable {
  /// Upper bounds in nanoseconds; a last bucket takes what is slower.
  package static let bounds: [Int64] = [
    50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
    100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 10_000_000_000,
  ]

  package private(set) var buckets = InlineArray<17, UInt64>(repeating: 0)
  package private(set) var sumNanoseconds: UInt64 = 0

  package init() {}

  package mutating func note(nanoseconds: Int64) {
    var bucket = 0
    while bucket < Self.bounds.count, nanoseconds > Self.bounds[bucket] { bucket += 1 }
    buckets[bucket] &+= 1
    sumNanoseconds &+= UInt64(max(0, nanoseconds))
  }

  package mutating func add(_ other: LatencyHistogram) {
    for index in buckets.indices { buckets[index] &+= other.buckets[index] }
    sumNanoseconds &+= other.sumNanoseconds
  }
}
