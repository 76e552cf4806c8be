// Keys as a table for a terminal.
import Ledger
import LedgerStore

enum KeysTable {
  static func lines(of keys: [KeyListing]) -> [String] {
    let heading = ["KEY ID", "ENDS WITH", "SERVICE", "ROLE", "MADE", "ENDS", "STATE"]
    let rows = [heading] + keys.map(row)
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func row(_ key: KeyListing) -> [String] {
    let end = key.endsAt.map { seconds($0.rfc3339) } ?? "never"
    return [
      key.id, key.hint, key.service, key.role.rawValue, seconds(key.createdAt.rfc3339), end,
      key.isValid ? "valid" : key.revokedAt == nil ? "expired" : "revoked",
    ]
  }

  /// A person reads no microseconds.
  private static func seconds(_ text: String) -> String {
    String(text.prefix(19)) + "Z"
  }
}
