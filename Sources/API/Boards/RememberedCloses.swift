// Which snapshot a stored period is read from. What is complete never changes, so whoever asks for ranks of
// the past again and again makes one question of three. It is remembered for a second: a period that is
// revised is shown by another snapshot then, and one that is kept for a time only goes when that is over, and
// is told so.
import Boards
import Ledger
import LedgerStore

/// One worker's; used on its loop only.
final class RememberedCloses: @unchecked Sendable {
  private struct Name: Hashable {
    let board: BoardID
    /// By bytes: to Swift two labels may be equal that are not the same.
    let label: [UInt8]
  }

  /// With more than so many it begins anew.
  private static let countMax = 256
  private static let lifetime = Duration.seconds(1)

  private var closes: [Name: (snapshot: Snapshot, until: ContinuousClock.Instant)] = [:]

  func snapshot(of board: BoardID, labelled label: String) -> Snapshot? {
    guard let found = closes[Name(board: board, label: Array(label.utf8))], ContinuousClock.now < found.until
    else { return nil }
    return found.snapshot
  }

  /// Only what is complete is remembered.
  func remember(_ snapshot: Snapshot, of board: BoardID, labelled label: String) {
    guard snapshot.isComplete else { return }
    if closes.count >= Self.countMax { closes.removeAll(keepingCapacity: true) }
    closes[Name(board: board, label: Array(label.utf8))] = (snapshot, ContinuousClock.now + Self.lifetime)
  }
}
