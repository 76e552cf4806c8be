// A refused line as it goes into the report: what was wrong, and then the line as it was. A report is an
// import itself once its lines are corrected.

package struct RefusedLine: Sendable, Equatable {
  package let line: Int
  package let refusal: LineRefusal
  /// The fields as they were read, in the order of the file.
  package let fields: [String]

  package init(_ record: CSVRecord, _ refusal: LineRefusal) {
    line = record.line
    self.refusal = refusal
    fields = record.texts
  }

  /// For a person at a terminal.
  package var sentence: String { "line \(line): \(refusal.code.rawValue): \(refusal.sentence)" }

  /// For the report. Columns of an earlier report are not repeated.
  package func csv(under header: ImportHeader) -> String {
    let own = fields.enumerated().filter { index, _ in
      index >= header.names.count || !ImportHeader.reportColumns.contains(header.names[index])
    }
    return CSVText.line([String(line), refusal.code.rawValue, refusal.sentence] + own.map(\.element))
  }

  package static func csvHeader(for header: ImportHeader) -> String {
    let own = header.names.filter { !ImportHeader.reportColumns.contains($0) }
    return CSVText.line(ImportHeader.reportColumns + own)
  }
}
