// How many may listen at once. A listener is a connection that does not end by itself, so there is a bound;
// and no service may have more than half of the places, so that one of them cannot shut out the others.
import Ledger
import Synchronization

/// The listeners of all workers of a process.
package final class ListenerAllowance: Sendable {
  private struct Places {
    var taken = 0
    /// Services that have none are not in it.
    var ofService: [ServiceID: Int] = [:]
  }

  private let most: Int
  private let share: Int
  private let places = Mutex(Places())

  package init(_ most: Int) {
    self.most = most
    share = most / 2 + most % 2
  }

  /// Why the service may not have one place more; nil if it may.
  func refusal(of service: ServiceID) -> ListenerRefusal? {
    places.withLock { refusal(of: service, $0) }
  }

  /// False if there is no place for the service, any more.
  func take(for service: ServiceID) -> Bool {
    places.withLock { places in
      guard refusal(of: service, places) == nil else { return false }
      places.taken += 1
      places.ofService[service, default: 0] += 1
      return true
    }
  }

  func giveBack(from service: ServiceID) {
    places.withLock { places in
      places.taken -= 1
      let left = places.ofService[service, default: 1] - 1
      places.ofService[service] = left > 0 ? left : nil
    }
  }

  private func refusal(of service: ServiceID, _ places: Places) -> ListenerRefusal? {
    if places.taken >= most { return .full }
    return places.ofService[service, default: 0] < share ? nil : .shareUsedUp
  }
}

/// Why one may not listen.
enum ListenerRefusal: Sendable, Equatable {
  case full
  /// The service has its share of the places.
  case shareUsedUp
  /// The service is about to go.
  case ending
}
