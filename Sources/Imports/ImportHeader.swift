// The first line of an import: which column is where. A name that we do not know is refused and not passed
// over, for it may be a misspelt one whose values would be lost.

package struct ImportHeader: Sendable, Equatable {
  package enum Column: String, Sendable, CaseIterable {
    case user, type, balance
    case displayName = "display_name"
    case occurredAt = "occurred_at"
    case reason, description
  }

  package struct Mistake: Error, Sendable, Equatable {
    /// Without a full stop.
    package let sentence: String
  }

  /// What a report of refused lines puts before their own columns. They are passed over, so that a report can
  /// be corrected and imported as it is.
  package static let reportColumns = ["refused_line", "refused_code", "refused_because"]

  /// As they stand in the file.
  package let names: [String]
  private let places: [Column: Int]

  package init(_ record: CSVRecord) throws(Mistake) {
    if let defect = record.defect { throw Mistake(sentence: "in the header, \(defect.sentence)") }
    names = record.texts
    var places: [Column: Int] = [:]
    for (index, name) in names.enumerated() where !Self.reportColumns.contains(name) {
      guard let column = Column(rawValue: name) else {
        let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
        throw Mistake(sentence: "the header names a column \"\(name)\"; those known are \(known)")
      }
      guard places.updateValue(index, forKey: column) == nil else {
        throw Mistake(sentence: "the header names the column \(name) twice")
      }
    }
    for column in [Column.user, .type, .balance] where places[column] == nil {
      throw Mistake(sentence: "the header names no column \(column.rawValue)")
    }
    self.places = places
  }

  package func has(_ column: Column) -> Bool { places[column] != nil }

  func place(of column: Column) -> Int? { places[column] }
}
