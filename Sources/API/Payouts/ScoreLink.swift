// Where the entries behind a rewarded score are told: the path of their explanation, with its query.
import Ledger
import LedgerStore

enum ScoreLink {
  /// As the board tells it: of a period that is stored for good what made its ranks, else what makes them
  /// now.
  static func path(of user: UserID, in distribution: Distribution, _ types: PointTypeCatalog) -> String {
    let board = distribution.board
    var parts = [
      ("userId", user.text), ("pointType", types.name(of: board.pointType)), ("board", board.name),
    ]
    if !board.category.isEmpty { parts.append(("category", board.category)) }
    if let period = distribution.period { parts.append(("period", period.label)) }
    let query = parts.map { "\($0)=\(escaped($1))" }.joined(separator: "&")
    return "/points/leaderboard/explain?\(query)"
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      case _:
        bytes.append(UInt8(ascii: "%"))
        bytes.append(hexadecimal: UInt64(byte), digits: 2)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
