// Short ways to say what is to be posted.
import Ledger
import LedgerStore
import Synchronization

extension Posting {
  private static let count = Atomic<UInt64>(0)

  /// With an id of its own. The same key and body make the same request.
  static func of(_ legs: Leg..., key: UInt64? = nil, body: UInt8 = 0) -> Posting {
    of(legs, key: key, body: body)
  }

  static func of(_ legs: [Leg], key: UInt64? = nil, body: UInt8 = 0) -> Posting {
    let number = count.add(1, ordering: .relaxed).newValue
    let id = PostingID(UUIDBits(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 | number << 16))
    return Posting(
      id: id, legs: legs,
      request: key.map { Request(digest: .ofKey($0), fingerprint: .ofBody(body)) },
      service: ServiceID(UUIDBits(high: 0, low: 7)), isByAdmin: false)
  }

  /// The same request again, which is another posting until it turns out not to be.
  var repeated: Posting {
    let again = Posting.of(legs)
    return Posting(id: again.id, legs: legs, request: request, service: service, isByAdmin: isByAdmin)
  }
}

extension UUIDBits {
  static func ofKey(_ key: UInt64) -> UUIDBits { UUIDBits(high: key &* 0x9E37_79B9_7F4A_7C15, low: key) }
}

extension RequestFingerprint {
  /// Bodies differ in whom they are about.
  static func ofBody(_ body: UInt8) -> RequestFingerprint {
    var bytes = [UInt8](repeating: 0, count: wholeLength + 2 * Field.allCases.count)
    bytes[0] = body
    if let field = Field.allCases.firstIndex(of: .userId) { bytes[wholeLength + 2 * field] = body }
    return RequestFingerprint(bytes: bytes)
  }
}

extension Leg {
  static func credit(_ amount: Int64, to user: String, in type: PointTypeID, kind: Kind = .award) -> Leg {
    Leg(
      account: AccountKey(user: UserID(stored: user), pointType: type), change: .credit(amount), kind: kind,
      details: TransactionDetails())
  }

  static func debit(_ amount: Int64, from user: String, in type: PointTypeID, kind: Kind = .purchase) -> Leg {
    Leg(
      account: AccountKey(user: UserID(stored: user), pointType: type), change: .debit(amount), kind: kind,
      details: TransactionDetails())
  }
}

extension Result where Success == PostingOutcome, Failure == LedgerError {
  var receipt: Receipt? {
    if case .success(.posted(let receipt)) = self { receipt } else { nil }
  }

  var refusal: Refusal? {
    if case .success(.refused(let refusal, _)) = self { refusal } else { nil }
  }

  var error: LedgerError? {
    if case .failure(let error) = self { error } else { nil }
  }
}

extension Leg {
  /// Takes back from a transaction, which must not be a refund: what those did to the totals is not theirs to
  /// tell.
  static func reversal(of original: Transaction, _ amount: Int64?, allowsPartial: Bool = false) -> Leg {
    let isEarned = original.direction == .credit && original.kind.isEarned
    let isSpent = original.direction == .debit && original.kind.isSpent
    let reversible = ReversibleTransaction(
      original, earned: isEarned ? original.amount : 0, spent: isSpent ? original.amount : 0)
    return Leg(
      account: original.account,
      change: .reversal(Reversal(original: reversible, amount: amount, allowsPartial: allowsPartial)),
      kind: .reversal, details: TransactionDetails())
  }
}
