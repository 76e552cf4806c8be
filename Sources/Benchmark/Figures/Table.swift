// A table that reads well in a terminal and is Markdown at the same time.

struct Table: Sendable, Equatable {
  let columns: [String]
  private var rows: [[String]] = []

  init(columns: [String]) {
    self.columns = columns
  }

  mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "a row has a cell for every column")
    rows.append(row.map(Self.escaped))
  }

  var text: String {
    let widths = columns.indices.map { column in
      ([columns] + rows).map { $0[column].count }.reduce(3, max)
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([columns, rule] + rows).map { Self.line($0, widths: widths) }.joined(separator: "\n")
  }

  private static func line(_ cells: [String], widths: [Int]) -> String {
    let padded = zip(cells, widths).map { cell, width in
      cell + String(repeating: " ", count: width - cell.count)
    }
    return "| \(padded.joined(separator: " | ")) |"
  }

  /// A bar in a cell would begin another one.
  private static func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
