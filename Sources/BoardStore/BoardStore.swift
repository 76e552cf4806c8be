// A worker's way to the mirrors in Redis. It learns which epoch of a point type is live and remembers it;
// that it moved shows in what Redis answers, and then it is learnt again.
//
// Whoever reads must be sure of two things: whose mirror it is, and that Redis has not come back with older
// data. The first is in the marker. For the second there is a floor: a position below which no mirror may be.
// It is set by whoever follows the ledger, and forgotten with every new connection.
package import Boards
package import Ledger
package import RedisClient

/// Reads and writes the mirrors of one ledger; used on the loop of its client only.
package final class BoardStore: @unchecked Sendable {
  package let redis: RedisClient
  package let layout: MirrorLayout
  /// The ledger whose mirrors these are; nil until it is known.
  package private(set) var incarnation: LedgerIncarnation?
  /// What the markers of that ledger begin with.
  private(set) var identity: [UInt8] = []
  private var epochs: [PointTypeID: MirrorEpochs] = [:]
  /// The defined boards of each type.
  private var shown: [PointTypeID: ShownBoards] = [:]
  private var highestBoard: Int32 = 0
  private(set) lazy var gatheredRanks = gatherRanks()
  var pageReadings: [PageRequest: PageReading] = [:]
  /// Pages of which Redis did not tell the state.
  var unknownStates = 0
  private var floor: (position: Int64, connection: Int)?
  /// The marker that was read last, if it is one of this ledger and complete, and its position.
  private var lastTrusted: (marker: [UInt8], position: Int64)?

  /// The client must have been made with all of `BoardScripts`.
  package init(
    redis: RedisClient, layout: MirrorLayout = .current, incarnation: LedgerIncarnation? = nil
  ) {
    self.redis = redis
    self.layout = layout
    identify(as: incarnation)
  }

  /// Says which ledger to expect from now on. Another one needs another floor.
  package func identify(as incarnation: LedgerIncarnation?) {
    guard incarnation != self.incarnation else { return }
    self.incarnation = incarnation
    identity = incarnation.map(MirrorMarker.identity) ?? []
    floor = nil
    lastTrusted = nil
  }

  // MARK: Trust

  /// Counts the connections made so far; 0 before the first.
  package var connection: Int { redis.counters.connections }

  /// The position below which a mirror is not read; nil while that is not known, and then none is read.
  package var minimumPosition: Int64? {
    guard let floor, floor.connection == connection else { return nil }
    return floor.position
  }

  /// Lets mirrors be read that are at least that far. `connection` is the one that stood before the position
  /// was looked up: if there has been another since, the position says nothing about what Redis holds now.
  package func trust(from position: Int64, since connection: Int) {
    guard connection == self.connection, connection > 0 else { return }
    floor = (position, connection)
  }

  /// Raises the floor, if there is one on this connection: what has not come so far by now is read no more.
  package func raiseFloor(to position: Int64) {
    guard let minimumPosition, position > minimumPosition else { return }
    floor?.position = position
  }

  /// Has no mirror be read until somebody says anew how far they must be.
  package func distrust() {
    floor = nil
  }

  /// The position of a marker, if its mirror may be read.
  func trustedPosition(_ marker: [UInt8]) throws(MirrorUnavailable) -> Int64 {
    guard let minimumPosition, let incarnation else { throw .untrusted }
    // It is the same for all reads between two steps of the follower.
    if let lastTrusted, marker.isSame(as: lastTrusted.marker) {
      guard lastTrusted.position >= minimumPosition else { throw .behind }
      return lastTrusted.position
    }
    guard marker.starts(with: identity), let tail = MarkerTail(marker) else {
      throw Self.reason(marker, incarnation)
    }
    guard tail.state == .complete else { throw tail.state.reason }
    guard tail.position.number >= minimumPosition else { throw .behind }
    lastTrusted = (marker, tail.position.number)
    return tail.position.number
  }

  /// Why a mirror with this marker is not one of this ledger.
  static func reason(_ marker: [UInt8], _ incarnation: LedgerIncarnation) -> MirrorUnavailable {
    guard let marker = MirrorMarker(marker) else { return .foreign(.unreadable) }
    return switch marker.relation(to: incarnation) {
    case .own: .damaged
    case .unproven: .unproven
    case .outdated: .outdated
    case .foreign(let mirror): .foreign(mirror)
    }
  }

  // MARK: Boards

  /// Says which boards are defined, beside the two that every type has. `highest` is the number of the newest
  /// board of all types, also of one that is gone by now: of an account that has a place on a newer one
  /// nothing is sent before that is said anew.
  package func show(_ boards: [PointTypeID: [LiveBoard]], upTo highest: Int32) {
    shown = boards.mapValues { ShownBoards($0, upTo: highest) }
    highestBoard = shown.values.reduce(highest) { max($0, $1.highest) }
  }

  package func boards(of pointType: PointTypeID) -> ShownBoards {
    shown[pointType] ?? ShownBoards(upTo: highestBoard)
  }

  // MARK: Epochs

  func knownEpochs(of pointType: PointTypeID) -> MirrorEpochs? { epochs[pointType] }

  /// That there is none is not remembered: a mirror that begins after the look must not be missed.
  func remember(_ found: MirrorEpochs, of pointType: PointTypeID) {
    epochs[pointType] = found.isEmpty ? nil : found
  }

  /// Asks Redis for the epochs of these types, in one write. What is damaged of one type is no matter of the
  /// others.
  @discardableResult
  func learnEpochs(
    of pointTypes: [PointTypeID], timeout: Duration? = nil
  ) async -> [PointTypeID: Result<MirrorEpochs, MirrorUnavailable>] {
    let fields = ["live", "building", "last", "builder"].map { Array($0.utf8) }
    let commands = pointTypes.map {
      RedisCommand("HMGET", key: MirrorKeys.epochs(of: $0, in: layout), fields)
    }
    let replies = await redis.send(commands, timeout: timeout)
    var learnt: [PointTypeID: Result<MirrorEpochs, MirrorUnavailable>] = [:]
    for (pointType, reply) in zip(pointTypes, replies) {
      do throws(MirrorUnavailable) {
        guard let parts = try reply.parts(), let found = MirrorEpochs(pointType, in: layout, fields: parts)
        else { throw .damaged }
        remember(found, of: pointType)
        learnt[pointType] = .success(found)
      } catch {
        learnt[pointType] = .failure(error)
      }
    }
    return learnt
  }
}

extension RedisReply {
  /// The parts of a reply that is an array; nil where there is nothing.
  func parts() throws(MirrorUnavailable) -> [RedisValue]? {
    switch self {
    case .value(.array(let parts)): return parts
    case .absent: return nil
    case .unavailable(let reason): throw .redis(reason)
    case .failed(let error) where error.text.hasPrefix("DRIFT"): throw .damaged
    case .failed(let error) where error.text.hasPrefix("RETIRED"): throw .retired
    case .failed(let error): throw .failed(error)
    case .value: throw .damaged
    }
  }
}
