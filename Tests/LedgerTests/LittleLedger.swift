// A ledger in memory for tests of the rules, and short ways to say what is to be posted.
import Ledger
import Synchronization

/// Accounts, users and types, and everything that was accepted so far.
struct LittleLedger {
  private(set) var state: LedgerState
  private(set) var history: [Transaction] = []
  private let accountsAtFirst: [AccountKey: Account]

  /// Ada, Bob and Eve have an account of every type; Eve is disabled, and so is the type `closed`.
  init(
    _ accounts: [Account] = [], bounds: ClosedRange<Int64>? = nil,
    boards: [PointTypeID: [ScoredBoard]] = [:], now: Instant = .start
  ) {
    var all: [AccountKey: Account] = [:]
    for user in [UserID.ada, .bob, .eve] {
      for type in [PointTypeID.points, .gems, .closed, .gone] {
        let key = AccountKey(user: user, pointType: type)
        all[key] = Account(key: key, updatedAt: .start)
      }
    }
    for account in accounts { all[account.key] = account }
    accountsAtFirst = all
    let standings: [UserID: UserStanding] = [
      .ada: UserStanding(displayName: "Ada", isEnabled: true),
      .eve: UserStanding(displayName: nil, isEnabled: false),
    ]
    let rows = all.values.sorted { $0.key < $1.key }.map { account in
      (account, standings[account.key.user] ?? UserStanding(displayName: nil, isEnabled: true))
    }
    state = LedgerState(
      accounts: AccountTable(rows),
      types: [
        .points: .test(.points, "points", bounds: bounds), .gems: .test(.gems, "gems"),
        .closed: .test(.closed, "closed", isEnabled: false),
      ],
      reversed: [:], boards: boards, now: now)
  }

  /// The same ledger at a later instant, by the definitions of then.
  mutating func go(
    to now: Instant, boards: [PointTypeID: [ScoredBoard]], best: BestCredits = BestCredits()
  ) {
    state = LedgerState(
      accounts: state.accounts, types: state.types, reversed: state.reversed, boards: boards,
      bestCredits: best, now: now)
  }

  /// Settles one batch and goes on from there.
  mutating func settle(_ submissions: [Submission]) -> Settlement {
    let settlement = Settlement(of: submissions, on: state)
    state = settlement.state
    history += settlement.transactions
    return settlement
  }

  @discardableResult
  mutating func settle(_ postings: Posting...) -> Settlement {
    settle(postings.map { Submission($0) })
  }

  /// Each leg is a posting and a batch of its own.
  @discardableResult
  mutating func post(_ legs: Leg...) -> [Verdict] {
    legs.map { settle(.of($0)).verdicts[0] }
  }

  func account(_ user: UserID = .ada, _ type: PointTypeID = .points) -> Account? {
    state.accounts[AccountKey(user: user, pointType: type)]
  }

  /// As the store reads it: what it did to the totals is the difference to the transaction before it.
  func reversible(_ transaction: Transaction) -> ReversibleTransaction {
    let previous = history.last {
      $0.account == transaction.account && $0.version == transaction.version - 1
    }
    let first = accountsAtFirst[transaction.account]
    return ReversibleTransaction(
      transaction,
      earned: transaction.totalEarned - (previous?.totalEarned ?? first?.totalEarned ?? 0),
      spent: transaction.totalSpent - (previous?.totalSpent ?? first?.totalSpent ?? 0))
  }

  /// Takes back from a transaction of the history, counted from 0.
  func reversal(of index: Int, _ amount: Int64? = nil, allowsPartial: Bool = false) -> Leg {
    let original = reversible(history[index])
    return Leg(
      account: original.account,
      change: .reversal(Reversal(original: original, amount: amount, allowsPartial: allowsPartial)),
      kind: .reversal, details: TransactionDetails())
  }
}

extension Leg {
  static func credit(
    _ amount: Int64, to user: UserID = .ada, in type: PointTypeID = .points, kind: Kind = .award
  ) -> Leg {
    Leg(
      account: AccountKey(user: user, pointType: type), change: .credit(amount), kind: kind,
      details: TransactionDetails())
  }

  static func debit(
    _ amount: Int64, from user: UserID = .ada, in type: PointTypeID = .points, kind: Kind = .purchase
  ) -> Leg {
    Leg(
      account: AccountKey(user: user, pointType: type), change: .debit(amount), kind: kind,
      details: TransactionDetails())
  }
}

extension Posting {
  private static let count = Atomic<UInt64>(0)

  /// With an id of its own; the same key and body make the same request.
  static func of(
    _ legs: Leg..., key: UInt64? = nil, body: UInt8 = 0, isByAdmin: Bool = false, keepsRefusals: Bool = true
  ) -> Posting {
    of(legs, key: key, body: body, isByAdmin: isByAdmin, keepsRefusals: keepsRefusals)
  }

  static func of(
    _ legs: [Leg], key: UInt64? = nil, body: UInt8 = 0, isByAdmin: Bool = false, keepsRefusals: Bool = true
  ) -> Posting {
    let number = count.add(1, ordering: .relaxed).newValue
    return Posting(
      id: PostingID(UUIDBits(high: 0x7000, low: 0x8000_0000_0000_0000 | number << 16)), legs: legs,
      request: key.map {
        Request(
          digest: UUIDBits(high: 1, low: $0), fingerprint: .ofBody(body), keepsRefusals: keepsRefusals)
      },
      service: ServiceID(UUIDBits(high: 0, low: 7)), isByAdmin: isByAdmin)
  }
}

extension RequestFingerprint {
  /// Bodies differ in their amount.
  static func ofBody(_ body: UInt8) -> RequestFingerprint {
    var bytes = [UInt8](repeating: 0, count: wholeLength + 2 * Field.allCases.count)
    bytes[0] = body
    if let field = Field.allCases.firstIndex(of: .amount) { bytes[wholeLength + 2 * field] = body }
    return RequestFingerprint(bytes: bytes)
  }
}

extension UserID {
  static let ada = UserID(stored: "ada")
  static let bob = UserID(stored: "bob")
  static let eve = UserID(stored: "eve")
  static let stranger = UserID(stored: "stranger")
}

extension PointTypeID {
  static let points = PointTypeID(UUIDBits(high: 0, low: 1))
  static let gems = PointTypeID(UUIDBits(high: 0, low: 2))
  static let closed = PointTypeID(UUIDBits(high: 0, low: 3))
  /// Accounts of it are there, the type is not.
  static let gone = PointTypeID(UUIDBits(high: 0, low: 4))
}

extension PointType {
  static func test(
    _ id: PointTypeID, _ name: String, isEnabled: Bool = true, bounds: ClosedRange<Int64>? = nil
  ) -> PointType {
    PointType(
      id: id, name: name, displayName: name, description: nil, isEnabled: isEnabled,
      minAmount: bounds?.lowerBound, maxAmount: bounds?.upperBound, createdAt: .start, updatedAt: .start)
  }
}

extension Account {
  static func ada(
    _ balance: Int64, held: Int64 = 0, earned: Int64 = 0, spent: Int64 = 0, updatedAt: Instant = .start
  ) -> Account {
    Account(
      key: AccountKey(user: .ada, pointType: .points), balance: balance, held: held, totalEarned: earned,
      totalSpent: spent, version: 4, revision: 6, lastTransactionAt: .start, earnedAt: .start,
      updatedAt: updatedAt)
  }
}

extension Instant {
  static let start = Instant(microseconds: 1_700_000_000_000_000)
}

extension Settlement {
  /// Whose accounts changed.
  var changed: Set<AccountKey> { Set(changedPlaces.map { state.accounts[$0].key }) }
}

extension Verdict {
  var acceptance: Acceptance? {
    if case .accepted(let acceptance) = self { acceptance } else { nil }
  }

  var refusal: Refusal.Reason? {
    if case .refused(let refusal) = self { refusal.reason } else { nil }
  }
}
