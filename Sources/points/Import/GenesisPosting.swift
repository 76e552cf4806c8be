// A line of an import as a posting: the balance that somebody had elsewhere becomes the first entry here.
import Imports
import Ledger
import LedgerStore

enum GenesisPosting {
  /// Under which imports are known in the ledger. It has no key and no row, so nobody can post as it.
  static let service = ServiceID(UUIDBits(high: 0x706F_696E_7473_8069, low: 0xAD70_6F72_7400_0000))

  /// The key names the user and the type; the fingerprint adds the balance. So a line that comes again does
  /// nothing, and one with another balance is told apart. What else a line says does not matter. A line that
  /// was refused is no answer: it may be corrected, or there may be room for it later.
  static func request(_ line: ImportLine, _ type: PointTypeID, prefix: String) -> Request {
    // No user id and no prefix holds a zero byte: no two lines give the same key.
    let key = Array("\(prefix)\0\(type)\0".utf8) + Array(line.user.text.utf8)
    var content = RequestContent(.post)
    content.beginLeg()
    content.add(.userId, line.user.text)
    content.add(.pointType, type.bits)
    content.add(.amount, line.balance)
    content.add(.kind, Kind.genesis.text)
    return Request(service: service, key: key, content: content, keepsRefusals: false)
  }

  static func posting(_ line: ImportLine, _ type: PointTypeID, _ request: Request) -> Posting {
    var random = SystemRandomNumberGenerator()
    let leg = Leg(
      account: AccountKey(user: line.user, pointType: type), change: .credit(line.balance), kind: .genesis,
      details: line.details)
    return Posting(
      id: PostingID(at: .now, random: &random), legs: [leg], request: request, service: service,
      isByAdmin: false)
  }

  static func conflict(under prefix: String) -> LineRefusal {
    LineRefusal(
      .conflict,
      "another balance came before for this user and type, under the prefix \"\(prefix)\"")
  }
}

extension LineRefusal {
  /// What the ledger itself refused.
  init(_ refusal: Refusal) {
    let code: Code =
      switch refusal.reason {
      case .userUnknown: .userUnknown
      case .userDisabled: .userDisabled
      case .typeDisabled: .typeDisabled
      case .overflow: .overflow
      // A genesis entry is a credit without bounds and takes nothing.
      case .insufficientBalance, .belowMinimum, .aboveMaximum, .aboveReversible: .invalidAmount
      }
    self.init(code, String(refusal.sentence.dropLast()))
  }
}
