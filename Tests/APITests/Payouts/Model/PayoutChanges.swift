// The lines of a payout as the model has them: what is given, and what is taken back of what was given for
// earlier ranks.

/// Of whom, and of which point type.
struct Purse: Hashable {
  let user: String
  let type: String
}

/// A line; two are the same where they change the same by the same reason.
struct PayoutChange: Hashable {
  let purse: Purse
  let amount: Int128
  var rule: String?
  var takesBack: String?
  /// Of whoever is rewarded for a rank.
  var place: Int?
  var rank: Int?
}

extension PayoutChange: CustomStringConvertible {
  var description: String {
    let why = takesBack.map { "back of \($0)" } ?? "by \(rule ?? "nothing")"
    return
      "\(purse.user) \(amount) \(purse.type) \(why), place \(place ?? 0), rank \(rank ?? 0)"
  }
}

extension [PayoutModel.Line] {
  /// What is to be done so that everybody has what these lines say; of `credits`, in the order in which they
  /// were given, so much is left.
  func changes(from credits: [PayoutLedger.Credit]) -> [PayoutChange] {
    var missing: [Purse: Int128] = [:]
    for line in self { missing[line.purse, default: 0] += line.amount }
    for credit in credits { missing[credit.purse, default: 0] -= credit.left }
    var changes: [PayoutChange] = []
    for line in self {
      let part = Swift.min(missing[line.purse] ?? 0, line.amount)
      guard part > 0 else { continue }
      missing[line.purse, default: 0] -= part
      changes.append(
        PayoutChange(
          purse: line.purse, amount: part, rule: line.rule, place: line.standing.place,
          rank: line.standing.rank))
    }
    for credit in credits.reversed() {
      let part = Swift.min(-(missing[credit.purse] ?? 0), credit.left)
      guard part > 0 else { continue }
      missing[credit.purse, default: 0] += part
      let standing = first { $0.standing.user == credit.purse.user }?.standing
      changes.append(
        PayoutChange(
          purse: credit.purse, amount: part, takesBack: credit.id, place: standing?.place,
          rank: standing?.rank))
    }
    return changes
  }

  /// What each has if all of it takes effect.
  var byPurse: [Purse: Int128] {
    reduce(into: [:]) { $0[$1.purse, default: 0] += $1.amount }
  }
}

extension PayoutModel.Line {
  var purse: Purse { Purse(user: standing.user, type: type) }
}
