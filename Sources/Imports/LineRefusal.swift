// Why a line of an import is not in the ledger. The codes are for scripts and never change their meaning.

package struct LineRefusal: Error, Sendable, Equatable {
  package enum Code: String, Sendable, CaseIterable {
    /// Quotation marks or line ends that two readers could understand differently.
    case malformed
    case lineTooLong = "line_too_long"
    case wrongColumnCount = "wrong_column_count"
    /// Not UTF-8, with control characters, or longer than the ledger keeps.
    case invalidText = "invalid_text"
    case invalidUser = "invalid_user"
    /// Not a whole number from 1 to 9223372036854775807.
    case invalidAmount = "invalid_amount"
    case invalidTime = "invalid_time"
    case unknownType = "unknown_type"
    case typeDisabled = "type_disabled"
    case userUnknown = "user_unknown"
    case userDisabled = "user_disabled"
    /// This user and type were imported under this prefix with another balance.
    case conflict
    /// The account would leave the range of 64 bits.
    case overflow
  }

  package let code: Code
  /// What a person is told, without a full stop.
  package let sentence: String

  package init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  init(_ defect: CSVDefect) {
    let code: Code =
      switch defect {
      case .tooLong: .lineTooLong
      case .tooManyFields: .wrongColumnCount
      case .strayQuote, .textAfterQuote, .unclosedQuote, .bareCarriageReturn: .malformed
      }
    self.init(code, defect.sentence)
  }
}
