// What became of the lines so far.

struct ImportTally: Sendable {
  var imported: Int64 = 0
  var known: Int64 = 0
  var refused: Int64 = 0

  var lines: Int64 { imported + known + refused }

  mutating func add(_ other: ImportTally) {
    imported += other.imported
    known += other.known
    refused += other.refused
  }
}
