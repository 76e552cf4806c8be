// What `points verify --json` says of a ledger with one point type, as far as the bench needs it.

struct VerifyReport: Sendable, Equatable {
  let transactions: Int
  let ledgerSeconds: Double
  let mirrorSeconds: Double
  let isWhole: Bool

  init?(_ text: String) {
    guard let transactions = Self.number("transactions", in: text[...]),
      let mirrors = text.split(separator: "\"mirrors\":", maxSplits: 1).last, mirrors.count < text.count,
      let ledger = Self.number("seconds", in: text[...]),
      let mirror = Self.number("seconds", in: mirrors),
      let faulty = Self.number("faultyAccounts", in: text[...]),
      let drifted = Self.number("drifted", in: mirrors)
    else { return nil }
    self.transactions = Int(transactions)
    (ledgerSeconds, mirrorSeconds) = (ledger, mirror)
    isWhole = faulty == 0 && drifted == 0 && mirrors.contains("\"isChecked\":true")
  }

  private static func number(_ name: String, in text: Substring) -> Double? {
    let parts = text.split(separator: "\"\(name)\":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Double(parts[1].prefix { $0.isNumber || $0 == "." })
  }
}
