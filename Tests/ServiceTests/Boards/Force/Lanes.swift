// Installations side by side: most of the time each of them waits for something, so several need hardly more
// time than one. Each lane has a thread of its own, and may block it.
import EmbeddedServers
import Foundation
import TestSupport

enum Lanes {
  /// Runs the body for each of so many installations at once, on servers that they share, or on servers of
  /// their own where these are struck; what they found, in order.
  static func run<Found: Sendable>(
    _ count: Int, onServersOfTheirOwn isAlone: Bool = false,
    _ body: @escaping @Sendable (Int, Installation) throws -> Found
  ) async throws -> [Found] {
    // One after the other: each empties Redis.
    var installations: [Installation] = []
    for _ in 0..<count {
      installations.append(try await Installation.make(on: isAlone ? try servers() : nil))
    }
    defer { if isAlone { for installation in installations { installation.servers.stop() } } }
    return try await withThrowingTaskGroup(of: (Int, Found).self) { group in
      for (lane, installation) in installations.enumerated() {
        group.addTask { (lane, try await onThread { try body(lane, installation) }) }
      }
      var found: [Int: Found] = [:]
      for try await (lane, outcome) in group { found[lane] = outcome }
      return found.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private static func servers() throws -> EmbeddedServers {
    var options = EmbeddedOptions.forTests
    options.listensOnLoopback = true
    return try EmbeddedServers.startUntilExit(options)
  }

  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }
}

extension Array {
  /// One lane's share of what all of them do.
  func share(of lane: Int, among lanes: Int) -> [Element] {
    indices.filter { $0 % lanes == lane }.map { self[$0] }
  }
}
