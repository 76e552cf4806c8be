// Rows of payouts and their lines; the order of columns is that of the statements.
import Cryptography
import Ledger
import PostgresClient
import Rewards

extension PostgresRow {
  /// The columns of a payout, from `id` to `refused`.
  func distribution() throws(PostgresDecodingError) -> Distribution {
    guard let ties = TiePolicy(rawValue: try value(4)) else { throw unknown(4) }
    guard let phase = Distribution.Phase(rawValue: try value(12)) else { throw unknown(12) }
    guard let hash = Digest(bytes: try value(11, as: PostgresBytes.self).bytes) else { throw unknown(11) }
    guard let key = SnapshotBoard.Key(text: try value(22)) else { throw unknown(22) }
    return Distribution(
      id: try id(0), number: try value(1), snapshot: try id(2),
      board: SnapshotBoard(pointType: try id(21), key: key, name: try value(23), category: try value(24)),
      period: try payoutPeriod(from: 25), rulesAt: try instant(3), ties: ties, needsApproval: try value(5),
      isCorrection: try value(6), winners: try value(7), legs: try value(8), tiedScores: try value(9),
      tiedUsers: try value(10), hash: hash, phase: phase, reason: try optional(13),
      planned: Distribution.Decision(at: try instant(14), service: try id(15), name: try value(16)),
      decided: try decision(from: 17), executedAt: try optionalInstant(20),
      progress: Distribution.Progress(credited: try value(27), refused: try value(28)))
  }

  /// user_id, point_type_id, amount, rule_id, takes_back, place, rank.
  func payoutLeg(from first: Int) throws(PostgresDecodingError) -> PayoutLeg {
    let original: TransactionID? = try optionalID(first + 4)
    var standing: PayoutLeg.Standing?
    if let place: Int32 = try optional(first + 5) {
      standing = PayoutLeg.Standing(place: place, rank: try value(first + 6))
    }
    return PayoutLeg(
      user: try user(first), pointType: try id(first + 1), amount: try value(first + 2),
      change: original.map { .takeBack($0) } ?? .give, rule: try optionalID(first + 3), standing: standing)
  }

  private func decision(from first: Int) throws(PostgresDecodingError) -> Distribution.Decision? {
    guard let at = try optionalInstant(first) else { return nil }
    return Distribution.Decision(at: at, service: try id(first + 1), name: try value(first + 2))
  }

  private func payoutPeriod(from first: Int) throws(PostgresDecodingError) -> SnapshotPlan.Period? {
    guard let number: Int32 = try optional(first) else { return nil }
    return SnapshotPlan.Period(number: number, label: try value(first + 1))
  }

  private func unknown(_ column: Int) -> PostgresDecodingError {
    PostgresDecodingError(column: column, failure: .outOfRange)
  }
}
