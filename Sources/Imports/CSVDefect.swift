// What can be wrong with a record before anybody looks at what its fields mean.

package enum CSVDefect: Sendable, Equatable, CaseIterable {
  case tooLong
  case tooManyFields
  /// A quotation mark inside a field that did not begin with one.
  case strayQuote
  case textAfterQuote
  /// The file ended inside quotation marks: everything from this line on was read as one field.
  case unclosedQuote
  /// A carriage return that no line feed follows.
  case bareCarriageReturn

  package var sentence: String {
    switch self {
    case .tooLong: "the line is longer than \(CSVReader.recordBytesMax) bytes"
    case .tooManyFields: "the line has more than \(CSVReader.fieldsMax) fields"
    case .strayQuote:
      "there is a quotation mark inside a field that does not begin with one; quote the field and double it"
    case .textAfterQuote: "there is text behind a closing quotation mark"
    case .unclosedQuote:
      "a quotation mark is never closed, so everything from this line to the end of the file was read as one"
        + " field"
    case .bareCarriageReturn: "there is a carriage return without a line feed"
    }
  }
}
