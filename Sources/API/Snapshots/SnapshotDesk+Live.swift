// A snapshot of what the mirror shows, and why there may be none.
import HTTPServer
import LedgerStore
import PostgresClient
import Verification

extension SnapshotDesk {
  /// The position that all of it reflects.
  func readMirror(for snapshot: Snapshot) async throws(Problem) -> Int64 {
    let reading = MirrorReading(boards, into: settling, membersMax: options.liveMembersMax)
    do throws(MirrorReadingError) {
      return try await reading.read(for: snapshot)
    } catch {
      switch error {
      case .unavailable: throw Problem(.unavailable, error.description, fields: [.retrySoon])
      case .tooManyMembers: throw Problem(.tooManyMembers, error.description)
      case .ledger(let cause): throw Problem(explaining: cause)
      }
    }
  }
}
