// Which periods could not be stored, and when they are tried again: a second after the first failure, then
// after pauses that double. What keeps a large board from being stored is not asked again every second.
import Boards
import Ledger

/// In one runner's memory: whoever comes next begins with short pauses. Used on one loop.
final class FailedPeriods: @unchecked Sendable {
  private static let longestPause = Duration.seconds(300)

  private struct Key: Hashable {
    let board: BoardID
    let number: Int32
  }

  private struct Pause {
    var length: Duration
    var end: ContinuousClock.Instant
  }

  private var pauses: [Key: Pause] = [:]

  func isPausing(_ period: PeriodOfBoard, at now: ContinuousClock.Instant = .now) -> Bool {
    guard period.period.state == .failed, let pause = pauses[Self.key(period)] else { return false }
    return now < pause.end
  }

  func fail(_ period: PeriodOfBoard, at now: ContinuousClock.Instant = .now) {
    let before = pauses[Self.key(period)]?.length
    let length = before.map { min($0 * 2, Self.longestPause) } ?? .seconds(1)
    pauses[Self.key(period)] = Pause(length: length, end: now + length)
  }

  func succeed(_ period: PeriodOfBoard) {
    pauses[Self.key(period)] = nil
  }

  private static func key(_ period: PeriodOfBoard) -> Key {
    Key(board: period.board, number: period.period.number)
  }
}
